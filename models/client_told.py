"""One declaration for each kind of update: on the model it is about, and nowhere else."""

from dataclasses import dataclass

from odoo import api, models, tools
from odoo.tools.translate import LazyTranslate

from .client_notification_kinds import APPROVERS, MAILED, OPEN, URGENT, family_of
from .client_update_feed import GROUPED
from .client_update_words import WORDS

_lt = LazyTranslate(__name__)

PUBLISHED = "published"


@dataclass(frozen=True)
class Told:
    """What a kind of update says, when it happens, and how soon whom it matters to.

    The name of the kind is the key in ``_client_updates`` of the model it is about.
    """

    words: object  # a lazily translated sentence, filled with the values of the update
    tone: str = "info"  # colour of its dot: info, success, warning, muted
    many: object = None  # the sentence where it happened to %(count)s records at once; None: one line for each
    when: object = None  # PUBLISHED, or (field, value): told when the record comes to it; None: ``_client_news`` says
    family: str = "progress"  # what members choose their mails by, see FAMILIES
    approvers: bool = False  # waits for those who may approve; for others it is a decision to come
    urgent: bool = False  # its mail does not wait for the end of quiet hours
    mailed: bool = False  # another mail about the same record tells it as well
    still: tuple = ()  # (field, value) that must still be so when the mail goes out

    def _happens(self, old, new):
        """Whether it does between two snapshots of a record, see ``client.scoped._client_snapshot``."""
        if self.when == PUBLISHED:
            return new["client_published"] and not old.get("client_published")
        if not self.when:
            return False
        field, value = self.when
        before = old.get(field) if old.get("client_published") else None
        return new[field] == value and before != value


UNNAMED = Told(_lt("%(name)s"), "muted")


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    # {kind: Told}: what this model tells its client. Extensions add theirs in a dict of their own class.
    _client_updates = {}

    @api.model
    def _client_declared(self):
        """{kind: Told} of this model and all that extends it."""
        told = {}
        for part in reversed(type(self).__mro__):
            told.update(vars(part).get("_client_updates", {}))
        return told

    @api.model
    def _client_declared_fields(self):
        """Fields that the declarations look at."""
        return {told.when[0] for told in self._client_declared().values() if isinstance(told.when, tuple)}

    def _client_watched(self):
        return super()._client_watched() | self._client_declared_fields()

    def _client_all_news(self, old, new):
        yield from super()._client_all_news(old, new)
        for kind, told in self._client_declared().items():
            if told._happens(old, new):
                yield kind, {}


class ClientUpdate(models.Model):
    _inherit = "client.update"

    @api.model
    @tools.ormcache()
    def _kinds(self):
        """{kind: Told} of everything that can be told in this database."""
        kinds = {
            kind: Told(
                words,
                tone,
                GROUPED.get(kind),
                family=family_of(kind),
                approvers=kind in APPROVERS,
                urgent=kind in URGENT,
                mailed=kind in MAILED,
                still=OPEN.get(kind, ()),
            )
            for kind, (words, tone) in WORDS.items()
        }
        scoped = self.env.registry["client.scoped"]
        for name, model in self.env.registry.items():
            if issubclass(model, scoped):
                kinds.update(self.env[name]._client_declared())
        return kinds

    @api.model
    def _kind(self, kind):
        """What is declared of a kind; of one whose module is gone, its name alone.

        :rtype: Told
        """
        return self._kinds().get(kind, UNNAMED)

    @api.model
    def _grouped(self):
        """{kind: words} of kinds that are one line where they happened to many."""
        return {kind: told.many for kind, told in self._kinds().items() if told.many}

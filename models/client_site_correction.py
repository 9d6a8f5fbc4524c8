from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from .client_told import Told

_lt = LazyTranslate(__name__)
STATES = [("proposed", "Proposed"), ("accepted", "Accepted"), ("refused", "Refused")]

# what of a site a member may put right: field of the site -> longest text, or 0 for a number
CORRECTED = {
    "street": 120,
    "street2": 120,
    "city": 80,
    "zip": 20,
    "state_id": 0,
    "partner_latitude": 0,
    "partner_longitude": 0,
    "client_contact_name": 80,
    "client_contact_phone": 40,
    "client_access_notes": 2000,
}
NOTE_MAX = 500
# written once, when it is proposed
_CONTENT = {"site_id", "proposer_id", "old_values", "new_values", "note"}


class ClientSiteCorrection(models.Model):
    """What a member says of a site that staff have wrong; nothing changes until staff accept it.

    Holds the values that differ, as they were and as they should be. It is kept after the decision.
    """

    _name = "client.site.correction"
    _description = "Correction of a site"
    _inherit = ["client.scoped", "client.court", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    _client_capability = "see_jobs"
    _client_section = "sites"
    _client_customer_field = "site_id"
    _client_site_paths = ("site_id",)
    _client_news_fields = ("state",)
    _client_updates = {
        "correction_proposed": Told(_lt("Correction proposed for %(name)s"), "muted"),
        "correction_accepted": Told(_lt("Correction for %(name)s accepted"), "success"),
        "correction_refused": Told(_lt("Correction for %(name)s not taken over"), "muted"),
    }
    _client_talks = False

    name = fields.Char(required=True, readonly=True, help="What the site was called when it was proposed.")
    site_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    proposer_id = fields.Many2one("res.users", string="Proposed by", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    old_values = fields.Json(readonly=True)
    new_values = fields.Json(readonly=True)
    note = fields.Text(string="Their words", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="proposed", tracking=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    reason = fields.Text(readonly=True, help="Why it was refused; the client reads this.")

    _client_list = models.Index("(client_id, id DESC) WHERE client_published IS TRUE")
    # sent twice, also at the same moment, is once
    _once = models.UniqueIndex(
        "(site_id, proposer_id, md5(new_values::text || COALESCE(note, ''))) WHERE state = 'proposed'"
    )

    def write(self, vals):
        if not _CONTENT.isdisjoint(vals):
            raise UserError(self.env._("What was proposed stays as it was sent."))
        return super().write(vals)

    def _client_responsible(self):
        """Whoever looks after the client, or some manager: a proposal always finds somebody."""
        managers = self.env.ref("client_portal.group_client_manager")
        some = self.env["res.users"].sudo().search(  # names of staff, for staff
            [("all_group_ids", "in", managers.ids), ("share", "=", False)], order="id", limit=1
        )
        return self.sudo().site_id.user_id or super()._client_responsible() or some  # as in super

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "state"]

    def _client_court_now(self):
        return "operator" if self.state == "proposed" else super()._client_court_now()

    def _client_news(self, old, new):
        if new["state"] != old.get("state"):
            yield f"correction_{new['state']}", {"site": ""}  # the name says it

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"{self.sudo().site_id._client_url()}#correction-{self.id}"  # of a visible correction, its site's page

    # ----------------------------------------------------------------------- values

    @api.model
    def _client_values_of(self, site):
        """What of a site may be put right, as plain values: texts, ids, degrees.

        :rtype: dict
        """
        site = site.sudo()  # compared, or shown to who passed the site's gate
        values = {}
        for name in CORRECTED:
            value = site[name]
            if name == "state_id":
                values[name] = value.id or 0
            elif name.startswith("partner_"):
                values[name] = round(value or 0, 6)
            else:
                values[name] = (value or "").replace("\r\n", "\n").strip()
        return values

    def _client_stale(self):
        """Names of the fields that somebody changed since, to something else than was proposed.

        :rtype: list[str]
        """
        self.ensure_one()
        now = self._client_values_of(self.site_id)
        return [
            name
            for name, proposed in (self.new_values or {}).items()
            if now[name] not in (proposed, self.old_values[name])
        ]

"""The visit a client was told about: asked to confirm, confirmed, or another time asked for."""

from odoo import api, fields, models
from odoo.fields import Datetime
from odoo.tools import groupby

from .project_task import ACTIVE_STATUSES

VISIT_STATES = [
    ("told", "Client was told"),
    ("asked", "Client is asked to confirm"),
    ("confirmed", "Confirmed by the client"),
    ("proposed", "Client asks for another time"),
]
_WINDOW = ("client_visit_start", "client_visit_end")
_DECIDES = {*_WINDOW, "client_visit_confirm"}


class ProjectProject(models.Model):
    _inherit = "project.project"

    client_visit_confirm = fields.Boolean(
        string="Ask clients to confirm visits",
        help="A visit planned for a job of this project waits for the client's confirmation.",
    )


class ProjectTask(models.Model):
    """The state follows the window: a moved visit was confirmed by nobody."""

    _inherit = "project.task"

    client_visit_confirm = fields.Boolean(string="Client confirms", copy=False)
    client_visit_state = fields.Selection(VISIT_STATES, string="Visit state", readonly=True, copy=False)
    client_visit_answered_by = fields.Many2one("res.partner", string="Visit confirmed by", readonly=True, copy=False)
    client_visit_answered_on = fields.Datetime(string="Visit confirmed on", readonly=True, copy=False)
    # for calendars: how often the visit changed, and when last
    client_visit_sequence = fields.Integer(copy=False, readonly=True, export_string_translation=False, aggregator=None)
    client_visit_changed = fields.Datetime(copy=False, readonly=True, export_string_translation=False)
    client_visit_proposal_ids = fields.One2many("client.visit.proposal", "task_id", groups="base.group_system")

    _client_visits = models.Index(
        "(client_id, client_visit_start) WHERE client_published IS TRUE AND client_visit_start IS NOT NULL"
    )
    _site_visits = models.Index(
        "(client_site_id, client_visit_start) WHERE client_published IS TRUE AND client_visit_start IS NOT NULL"
    )

    # ------------------------------------------------------------------- what staff enter

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **self._client_visit_begin(vals)} for vals in vals_list])

    @api.model
    def _client_visit_begin(self, vals):
        """State of the visit a job is made with."""
        if not vals.get("client_visit_start") or "client_visit_state" in vals:
            return {}
        project_id = vals.get("project_id") or self.env.context.get("default_project_id")
        project = self.env["project.project"].browse(project_id or ())
        confirm = bool(vals.get("client_visit_confirm") or project.client_visit_confirm)
        return {"client_visit_confirm": confirm, **self._client_visit_vals("asked" if confirm else "told")}

    def write(self, vals):
        if _DECIDES.isdisjoint(vals) or "client_visit_state" in vals:  # an answer says itself what it comes to
            return super().write(vals)
        wished = self.filtered(lambda task: task.client_visit_state == "proposed")
        for follow, tasks in groupby(self, key=lambda task: tuple(task._client_visit_follow(vals).items())):
            super(ProjectTask, self.browse().concat(*tasks)).write({**vals, **dict(follow)})
        wished.filtered(lambda task: task.client_visit_state != "proposed")._client_visit_settle("moved")
        return True

    def _client_visit_follow(self, vals):
        """What a change of the window, or of whether it is to be confirmed, brings with it.

        :param dict vals: values about to be written
        :rtype: dict
        """
        self.ensure_one()
        before = tuple(self[name] or None for name in _WINDOW)
        window = tuple(
            Datetime.to_datetime(vals[name]) or None if name in vals else old for name, old in zip(_WINDOW, before)
        )
        confirm = vals.get("client_visit_confirm", self.client_visit_confirm)
        if not window[0]:
            return self._client_visit_vals(False) if before[0] else {}
        if window != before:
            confirm = bool(confirm or (not before[0] and self.project_id.client_visit_confirm))
            return {"client_visit_confirm": confirm, **self._client_visit_vals("asked" if confirm else "told")}
        if confirm != self.client_visit_confirm and self.client_visit_state in ("told", "asked", False):
            return self._client_visit_vals("asked" if confirm else "told")
        return {}

    def _client_visit_vals(self, state, partner=None):
        """Values of a visit that comes to ``state``.

        :param partner: res.partner who confirmed
        """
        now = Datetime.now()
        return {
            "client_visit_state": state,
            "client_visit_answered_by": partner.id if partner else False,
            "client_visit_answered_on": now if partner else False,
            "client_visit_sequence": (self.client_visit_sequence if self else 0) + 1,
            "client_visit_changed": now,
        }

    # ------------------------------------------------------------------- whose turn, what is told

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_visit_state"]

    def _client_court_now(self):
        """An open question about the visit is somebody's turn while the job is open.

        A job that waits for the client anyway goes on doing so while we look for another time.
        """
        turn = {"asked": "client", "proposed": "operator"}.get(self.client_visit_state)
        if turn and self.client_status in ACTIVE_STATUSES and self.client_status != "waiting":
            return turn
        return super()._client_court_now()

    def _client_news(self, old, new):
        yield from super()._client_news(old, new)
        start, end = (new[name] for name in _WINDOW)
        before = tuple(old.get(name) for name in _WINDOW)
        state, was = new["client_visit_state"], old.get("client_visit_state")
        about = self._client_visit_about(start or before[0], end)
        if start and (start, end) != before:
            note = "asked_for" if was == "proposed" else "confirm" if state == "asked" else ""
            yield ("job_visit_moved" if before[0] else "job_visit_set"), {**about, **({"note": note} if note else {})}
        elif before[0] and not start and new["client_status"] in ACTIVE_STATUSES:
            yield "job_visit_off", about
        elif state != was and old.get("client_published") and new["client_status"] in ACTIVE_STATUSES:
            kinds = {"asked": "job_visit_asked", "confirmed": "job_visit_confirmed", "proposed": "job_visit_another"}
            if kind := "job_visit_kept" if was == "proposed" and start else kinds.get(state):
                yield kind, about

    def _client_visit_about(self, start, end):
        """Values of an update about a visit."""
        about = {"title": self.client_name}
        if start:
            about["visit"] = Datetime.to_string(start)
        if start and end:
            about["until"] = Datetime.to_string(end)
        return about

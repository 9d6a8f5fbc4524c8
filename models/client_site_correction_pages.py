"""How a member proposes a correction of a site, and what the pages show of it."""

import psycopg2
import psycopg2.errorcodes

from odoo import api, models
from odoo.exceptions import UserError

from .client_site_correction import CORRECTED, NOTE_MAX

DECIDED_SHOWN = 3
_POSITION = {"partner_latitude", "partner_longitude"}
_TONES = {"proposed": "info", "accepted": "success", "refused": "muted"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _client_correct(self, typed):
        """Propose to staff what is wrong about this site. Nothing of the site changes.

        :param dict typed: texts by names of CORRECTED, and 'note'; what is missing stays as it is
        :return: client.site.correction, the one from before if the same was sent already
        :raise UserError: in words for the page
        """
        self.ensure_one()
        corrections = self.env["client.site.correction"]
        now, proposed = corrections._client_values_of(self), self._client_read_correction(typed)
        changed = {name: value for name, value in proposed.items() if value != now[name]}
        note = typed.get("note", "").replace("\r\n", "\n").strip()
        if len(note) > NOTE_MAX:
            raise UserError(self.env._("Please keep your note to %s letters.", NOTE_MAX))
        if not changed:
            raise UserError(self.env._("This is what we have already. Please change what is wrong."))
        same = corrections.sudo().search(  # their own
            [("site_id", "=", self.id), ("proposer_id", "=", self.env.uid), ("state", "=", "proposed")]
        ).filtered(lambda c: c.new_values == changed and (c.note or "") == note)
        if same:
            return same[:1]
        self.env["client.throttle"]._check("correction")
        return self._client_propose(changed, {name: now[name] for name in changed}, note)

    def _client_propose(self, new, old, note):
        """Keep a proposal and ask somebody of the staff to decide; see ``_client_correct``."""
        corrections = self.env["client.site.correction"].sudo()  # members write nothing by themselves
        site = self.sudo()  # name and company of a site behind the gate
        values = {
            "name": site.name,
            "site_id": site.id,
            "proposer_id": self.env.uid,
            "company_id": site.company_id.id or site.commercial_partner_id.company_id.id,
            "old_values": old,
            "new_values": new,
            "note": note or False,
        }
        try:
            with self.env.cr.savepoint():
                made = corrections.create(values)
                made.flush_recordset()
        except psycopg2.IntegrityError as failure:
            if failure.pgcode != psycopg2.errorcodes.UNIQUE_VIOLATION:
                raise
            return corrections  # the same, sent at the same moment
        made._client_ask_staff()
        return made

    def _client_read_correction(self, typed):
        """The texts of the form as values.

        :raise UserError: in words for the page
        """
        values = {}
        for name, longest in CORRECTED.items():
            if name not in typed:
                continue
            text = typed[name].replace("\r\n", "\n").strip()
            if longest and len(text) > longest:
                label = self.env["client.site.correction"]._client_labels()[name]
                raise UserError(self.env._("“%(field)s” may have up to %(count)s letters.", field=label, count=longest))
            values[name] = text
        if "state_id" in values:
            values["state_id"] = self._client_read_state(values["state_id"])
        if _POSITION & values.keys():
            values.update(self._client_read_position(*(values.get(name, "") for name in sorted(_POSITION))))
        return values

    def _client_read_state(self, text):
        """Id of a state of the site's own country, 0 for none."""
        if not text:
            return 0
        for state in self._client_states():
            if str(state.id) == text:
                return state.id
        raise UserError(self.env._("Choose a state from the list."))

    def _client_states(self):
        """States of the country the site is in; sites move within it at most."""
        country = self.sudo().country_id  # of a site behind the gate
        return (country.state_ids | self.sudo().state_id).sorted("name")  # as above

    def _client_read_position(self, *texts):
        """{'partner_latitude', 'partner_longitude'} in degrees, both or neither."""
        if not any(texts):
            return dict.fromkeys(_POSITION, 0)
        try:
            degrees = [round(float(text.replace(",", ".").replace("\u2212", "-")), 6) for text in texts]
        except ValueError:
            degrees = []
        if not degrees or not (-90 <= degrees[0] <= 90 and -180 <= degrees[1] <= 180):  # NaN fits nowhere
            raise UserError(
                self.env._("A position is two numbers: latitude from -90 to 90 and longitude from -180 to 180.")
            )
        return dict(zip(sorted(_POSITION), degrees, strict=True))

    def _client_correction_form(self, typed=None):
        """Values of the form: what stands there now, or what was typed.

        :param dict typed: texts of a form that was refused
        """
        now = self.env["client.site.correction"]._client_values_of(self)
        shown = {name: "" if value in (0, "") else str(value) for name, value in now.items()}
        return {
            "site": {"name": self.name, "url": self._client_url()},
            "form": {**shown, "note": "", **(typed or {})},
            "longest": {**CORRECTED, "note": NOTE_MAX},
            "states": [{"id": str(state.id), "name": state.name} for state in self._client_states()],
        }


class ClientSiteCorrection(models.Model):
    _inherit = "client.site.correction"

    @api.model
    def _client_labels(self):
        """What the fields are called on pages."""
        return {
            "street": self.env._("Street"),
            "street2": self.env._("Second line"),
            "city": self.env._("Town"),
            "zip": self.env._("Postcode"),
            "state_id": self.env._("State"),
            "partner_latitude": self.env._("Latitude"),
            "partner_longitude": self.env._("Longitude"),
            "client_contact_name": self.env._("Contact at the site"),
            "client_contact_phone": self.env._("Phone at the site"),
            "client_access_notes": self.env._("Access notes"),
        }

    def _client_lines(self):
        """What would change: [{'name', 'label', 'old', 'new'}], as texts."""
        labels = self._client_labels()
        return [
            {
                "name": name,
                "label": labels[name],
                "old": self._client_text(name, self.old_values[name]),
                "new": self._client_text(name, value),
            }
            for name, value in (self.new_values or {}).items()
        ]

    @api.model
    def _client_text(self, name, value):
        """A value in words; a state by its name."""
        if name == "state_id":
            return self.env["res.country.state"].browse(value or ()).exists().name or ""
        return str(value or "")

    @api.model
    def _client_of_site(self, site):
        """Corrections on a site's page: those that wait, and the last decided ones.

        :return: [{'id', 'lines', 'who', 'note', 'reason', 'badge'}]
        """
        mine = [("client_site_id", "=", site.id)]
        waiting = self.search([*mine, ("state", "=", "proposed")])
        decided = self.search([*mine, ("state", "!=", "proposed")], limit=DECIDED_SHOWN)
        return [correction._client_shown() for correction in (waiting + decided).sudo()]  # seen by the rules above

    def _client_shown(self):
        words = self.env["client.words"]
        states = dict(self._fields["state"]._description_selection(self.env))
        day = words._day(words._local(self.decided_on or self.create_date).date())
        badge = states[self.state] if self.state == "proposed" else self._client_details(states[self.state], day)
        return {
            "id": self.id,
            "lines": self._client_lines(),
            "who": self._client_details(self.proposer_id.name, words._day(words._local(self.create_date).date())),
            "note": self.note or "",
            "reason": self.reason or "",
            "badge": {"label": badge, "tone": _TONES[self.state]},
        }


class ClientUpdate(models.Model):
    _inherit = "client.update"

    def _client_url(self):
        """A correction lies on the page of its site, which the update knows without reading either."""
        if self.res_model != "client.site.correction":
            return super()._client_url()
        return f"/my/sites/{self.client_site_id}#correction-{self.res_id}" if self.client_site_id else "/my/sites"

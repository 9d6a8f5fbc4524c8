"""How a client's administrator narrows what a colleague approves, and says who answers while one is away."""

import math

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date

AMOUNT_MAX = 10**12


class ClientMember(models.Model):
    _inherit = "client.member"

    # ------------------------------------------------------------------------- page

    def _client_approving_facts(self, typed=None):
        """Values of the page about how this member approves.

        :param dict typed: what was typed when the form comes back with an error
        """
        own, words = self._client_team(self.client_id), self.env["client.words"]
        obstacle = self._client_team_obstacle()
        return {
            "title": self.user_id.name,
            "client_name": self.client_id.name,
            "url": f"{self._client_url()}/{self.id}",
            "obstacle": obstacle,
            "mine": own == self,
            "typed": typed or {},
            "limits": [
                {
                    "id": limit.id,
                    "title": limit._sentence(),
                    "amount": words._amount(limit.amount, limit.currency_id),
                }
                for limit in self.limit_ids
            ],
            "absences": [
                {
                    "id": absence.id,
                    "name": absence.delegate_id.user_id.name,
                    "days": words._span(absence.date_from, absence.date_to),
                }
                for absence in self.absence_ids.filtered(lambda absence: absence.date_to >= words._today())
            ],
            "kinds": self.env["client.approval.kind"]._choices(),
            "sites": [(site.id, site.name) for site in own._client_team_sites()],
            "currencies": [(currency.id, currency.name) for currency in self._client_currencies()],
            "colleagues": [(member.id, member.user_id.name) for member in self._client_colleagues(own)],
        }

    def _client_currencies(self):
        """Currencies a limit may be in: those of the companies that serve the client and of the role's limits."""
        companies = self.client_id.client_company_ids or self.env.company.sudo()  # names of currencies
        return companies.currency_id | self.role_id.limit_ids.currency_id

    def _client_colleagues(self, own):
        """Who may answer in this member's place: colleagues the reader sees whose role approves."""
        return own._client_team_members().filtered(lambda m: m.role_id.can_approve and m._is_open() and m != self)

    # ------------------------------------------------------------------------- acts

    def _client_team_approving(self, typed):
        """Do one act of the page.

        :param dict typed: act and what goes with it; texts from a form
        :raise UserError: in words for the page
        """
        acts = {
            "limit": self._client_team_limit,
            "unlimit": self._client_team_unlimit,
            "away": self._client_team_away,
            "back": self._client_team_back,
        }
        if typed["act"] not in acts:
            raise UserError(self.env._("Choose what to do."))
        acts[typed["act"]](typed)

    def _client_team_limit(self, typed):
        own = self._client_team_act()
        kinds, sites = dict(self.env["client.approval.kind"]._choices()), own._client_team_sites()
        site = sites.filtered(lambda s: str(s.id) == typed["site"])
        currency = self._client_currencies().filtered(lambda c: str(c.id) == typed["currency"])
        if (typed["kind"] and typed["kind"] not in kinds) or (typed["site"] and not site) or not currency:
            raise UserError(self.env._("Choose from the lists."))
        kind, amount = typed["kind"] or False, self._client_typed_amount(typed["amount"])
        same = self.limit_ids.filtered(lambda row: (row.kind, row.site_id, row.currency_id) == (kind, site, currency))
        if same:
            same.amount = amount
            return
        self.env["client.member.limit"].sudo().create(  # the right was asked above
            {
                "member_id": self.id,
                "kind": kind,
                "site_id": site.id,
                "currency_id": currency.id,
                "amount": amount,
            }
        )

    def _client_typed_amount(self, text):
        """An amount as people of the reader's language write it.

        :raise UserError: it is none
        """
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        plain = text.replace(lang.thousands_sep or "", "").replace(lang.decimal_point or ".", ".").replace(" ", "")
        try:
            amount = float(plain)
        except ValueError:
            amount = math.nan
        if not 0 <= amount <= AMOUNT_MAX:  # what is no number is not between them
            raise UserError(self.env._("“%s” is no amount.", text[:40]))
        return amount

    def _client_team_unlimit(self, typed):
        self._client_team_act()
        self.limit_ids.filtered(lambda limit: str(limit.id) == typed["id"]).unlink()

    def _client_team_away(self, typed):
        own = self._client_away_act()
        delegate = self._client_colleagues(own).filtered(lambda m: str(m.id) == typed["delegate"])
        first, last = self._client_typed_day(typed["first"]), self._client_typed_day(typed["last"])
        if not delegate or not first or not last:
            raise UserError(self.env._("Choose a colleague, the first and the last day."))
        if last < max(first, self.env["client.words"]._today()):
            raise UserError(self.env._("The last day is over or before the first one."))
        absences = self.env["client.member.absence"].sudo()  # the right was asked above
        try:
            absences.create(
                {"member_id": self.id, "delegate_id": delegate.id, "date_from": first, "date_to": last},
            )
        except ValidationError as refusal:
            raise UserError(str(refusal.args[0])) from refusal

    def _client_typed_day(self, text):
        try:
            return Date.to_date(text) if text else None
        except ValueError:
            return None

    def _client_team_back(self, typed):
        self._client_away_act()
        self.absence_ids.filtered(lambda absence: str(absence.id) == typed["id"]).unlink()

    def _client_away_act(self):
        """The own membership to act with; one's own absence is one's own to arrange."""
        own = self._client_team(self.client_id)
        return own if own == self else self._client_team_act()


class ClientMemberLimit(models.Model):
    _inherit = "client.member.limit"

    def _sentence(self):
        """'Quotes at Harbour' in words of the reader: what and where."""
        kind = dict(self._kinds()).get(self.kind) or self.env._("Anything")
        if not self.site_id:
            return kind
        return self.env._("%(kind)s at %(site)s", kind=kind, site=self.site_id.name)

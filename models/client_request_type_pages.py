"""What the pages show of a kind of request."""

from odoo import models
from odoo.tools import float_compare


class ClientRequestType(models.Model):
    _inherit = "client.request.type"

    def _client_card(self, member):
        """One kind to choose: {'id', 'name', 'note', 'icon', 'promise', 'url'}."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "note": self.note or "",
            "icon": self.icon,
            "promise": self._client_promise_words(),
            "url": self._client_url(member),
        }

    def _client_url(self, member):
        """Address of the form; of somebody with several clients it names whose request it becomes."""
        several = len(self.env["client.member"]._client_requesters()) > 1
        return f"/my/requests/new/{self.id}" + (f"?client={member.client_id.id}" if several else "")

    def _client_promise_words(self):
        """'We answer within 4 working hours', or nothing."""
        hours = self.promise_hours
        if not hours:
            return ""
        if float_compare(hours, 1, 2) == 0:
            return self.env._("We answer within one working hour.")
        number = f"{hours:g}" if hours == round(hours, 2) else f"{hours:.2f}"
        return self.env._("We answer within %s working hours.", number)


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_request_choice(self):
        """Values of the page where a kind of request is chosen."""
        others = self._client_requesters()
        return {
            "client_name": self.client_id.name,
            "kinds": [kind._client_card(self) for kind in self._client_request_types()],
            "clients": [
                {
                    "name": other.client_id.name,
                    "url": f"/my/requests/new?client={other.client_id.id}",
                    "current": other == self,
                }
                for other in others
            ]
            if len(others) > 1
            else [],
            "operators": [self._client_operator_card(company) for company in self.client_id.client_company_ids],
        }

    def _client_operator_card(self, company):
        """How to reach an operator company while nothing can be requested here."""
        return {
            "name": company.name,
            "phone": company.phone or "",
            "email": company.email or "",
            "text": company.client_support_text or "",
        }

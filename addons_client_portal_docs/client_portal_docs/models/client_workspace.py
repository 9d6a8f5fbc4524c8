"""The library on the page a member lands on."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class ClientWorkspace(models.AbstractModel):
    _inherit = "client.workspace"

    @api.model
    def _values(self, client):
        """Among the numbers, before money: how many documents there are."""
        values = super()._values(client)
        if self.env.user._client_can("see_documents", client):
            tiles = values["tiles"]
            money = [place for place, tile in enumerate(tiles) if tile["url"].startswith("/my/invoices")]
            tiles.insert(money[0] if money else len(tiles), self._documents_tile(client, values["only"]))
        return values

    @api.model
    def _documents_tile(self, client, only):
        """{'value', 'label', 'note', 'url'}.

        :param str only: what keeps the list on this client, as the end of its address
        """
        count, fresh = self.env["client.document"]._client_numbers(client)
        most = self.env["client.document"]._client_list_most
        return {
            "value": f"{most}+" if count > most else count,
            "label": self.env._("Shared documents"),
            "note": self.env._("%s new", fresh) if fresh else self.env._("none new"),
            "url": f"/my/documents{only}",
        }


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_numbers(self, client):
        """(how many documents of a client the user sees, how many are new since their last visit), in one query.

        Counted as far as the list goes, newest first.
        """
        documents = self.sudo()  # two numbers come out, and the user's own rules are part of the domain
        domain = self._client_visible_domain() & Domain("client_id", "=", client.id)
        query = documents._search(domain, order="published_on desc, id desc", limit=self._client_list_most + 1)
        moment, owner = (SQL.identifier(query.table, name) for name in ("published_on", "client_id"))
        new = self.env.user._client_new_sql(owner, moment)
        [row] = self.env.execute_query(
            SQL("SELECT COUNT(*), COUNT(*) FILTER (WHERE fresh) FROM (%s) d", query.select(SQL("%s AS fresh", new)))
        )
        return row

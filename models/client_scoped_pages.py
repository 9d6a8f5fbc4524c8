from odoo import api, models


class ClientScoped(models.AbstractModel):
    """What every list and record page of a scoped model shares."""

    _inherit = "client.scoped"

    def _get_access_action(self, access_uid=None, force_website=False):
        """The button of Odoo's mails leads a member to the record's own page, never towards the back office."""
        self.ensure_one()
        user = self.env["res.users"].browse(access_uid or self.env.uid)
        if not (user._is_client_governed() and self.env["client.door"]._guarded(self)):
            return super()._get_access_action(access_uid=access_uid, force_website=force_website)
        return {"type": "ir.actions.act_url", "url": self._client_url(), "target": "self", "res_id": self.id}

    def _client_places(self):
        """{record id: where it is}: the site, for members of several clients also whose.

        In one query for the whole set.
        """
        records = self.sudo()  # the site and the client of a visible record may be named
        several = len(self.env.user._client_members().client_id) > 1
        (records.client_site_id | (records.client_id if several else records.client_id.browse())).fetch(["name"])
        return {
            record.id: self._client_details(record.client_id.name if several else "", record.client_site_id.name)
            for record in records
        }

    def _client_site_fact(self, with_address=True):
        """The site a record is about, as a fact of its page, with the way to the site's own.

        :param bool with_address: whether its address is said too
        """
        self.ensure_one()
        site = self.sudo().client_site_id  # a visible record may name its site
        opens = site.active and self.env.user._client_can("see_jobs", site)
        return {
            "label": self.env._("Site"),
            "value": site.name,
            "note": site._client_address() if with_address else "",
            "url": site._client_url() if opens else "",
        }

    @api.model
    def _client_tax_rows(self, totals):
        """[{'label', 'amount'}] of Odoo's tax totals; nothing where there is no tax.

        :param dict totals: value of a ``tax_totals`` field
        """
        amount = self.env["client.words"]._amount
        currency = self.env["res.currency"].browse((totals or {}).get("currency_id"))
        rows = []
        for subtotal in (totals or {}).get("subtotals", ()):
            if subtotal["tax_groups"]:
                rows.append({"label": subtotal["name"], "amount": amount(subtotal["base_amount_currency"], currency)})
            rows += [
                {"label": group["group_name"], "amount": amount(group["tax_amount_currency"], currency)}
                for group in subtotal["tax_groups"]
            ]
        return rows

    def _client_asks(self):
        """What the member can do about this record now, most pressing first.

        Every entry is shown as a card on the record's page. An extension adds its own to what
        ``super()`` gives.

        :return: [{'template': external id of the card, ...its values}]
        """
        return []

    def _client_cards(self):
        """Further cards beside the record's facts, such as its documents.

        An extension adds its own to what ``super()`` gives.

        :return: [{'template': external id of the card, ...its values}]
        """
        return []

    def _client_talk(self):
        """Values of a record's page around its conversation; an extension adds its own to ``super()``."""
        return self._client_thread_values()

    def _client_thread_values(self):
        """Values of the conversation: the thread, and whether and before whom one writes."""
        self.ensure_one()
        may_write = self.env.user._client_can("comment", self)
        return {
            "object": self,
            "disable_composer": not may_write,
            "readers": self._client_readers() if may_write else "",
        }

    def _client_readers(self):
        """Who reads what is written here, in words."""
        members = self.client_id.sudo().client_member_ids  # counted only, the writer is one of them
        able = members.filtered(
            lambda m: m.role_id[f"can_{self._client_capability}"] and not m.suspended and m._covers(self)
        )
        client, operator = self.client_id.name, self.company_id.sudo().name  # names on every letterhead
        if len(able) == 1:
            return self.env._("You and %(operator)s read this.", operator=operator or self.env.company.name)
        return self.env._(
            "%(count)s members of %(client)s and %(operator)s read this.",
            count=len(able),
            client=client,
            operator=operator or self.env.company.name,
        )

"""Acts about quotes, invoices and people; see ``update_acts.py``."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

# quotes that vary the one called base
VARIATIONS = ("variation", "more", "off")


class MoneyActs:
    """Quotes and invoices of client A for its second site."""

    @classmethod
    def _make_money(cls):
        names = ("sent", "approved", "declined", "passed", "other", "base", *VARIATIONS)
        cls.quotes = {name: cls._quote(name) for name in names}
        cls.quotes["sent"].order_line.name = "Hedges of the yard\nwith clearing away"
        cls.quotes["approved"].order_line = [
            Command.create({"display_type": "line_section", "name": "Roof of the shed", "sequence": 1})
        ]
        cls.quotes["other"].client_option_of_id = cls.quotes["passed"]
        cls.quotes["base"].action_confirm()
        for name in VARIATIONS:
            cls.quotes[name].variation_of_id = cls.quotes["base"]
        for name in ("declined", "passed", "other", "off"):
            cls.quotes[name].action_quotation_sent()
        today = fields.Date.today()
        cls.bills = {
            "invoice_posted": cls._bill("out_invoice"),
            "credit_note_posted": cls._bill("out_refund"),
            "invoice_due": cls._bill("out_invoice", invoice_date_due=today + timedelta(days=40)),
            "invoice_paid": cls._bill("out_invoice", invoice_date_due=today + timedelta(days=40)),
        }
        (cls.bills["invoice_due"] + cls.bills["invoice_paid"]).action_post()

    @classmethod
    def _quote(cls, name):
        line = {"product_id": cls.product.id, "name": f"Works {name}", "price_unit": 100, "tax_ids": False}
        return cls.env["sale.order"].create(
            {
                "name": f"Q-{name}",
                "partner_id": cls.client_a.id,
                "partner_shipping_id": cls.site_a_two.id,
                "company_id": cls.company_one.id,
                "user_id": cls.users["manager"].id,
                "require_signature": False,
                "order_line": [Command.create(line)],
            }
        )

    @classmethod
    def _bill(cls, kind, **more):
        journal = cls.journals[cls.company_one, "sale"]
        line = {"name": "Hedges", "quantity": 1, "price_unit": 50, "account_id": journal.default_account_id.id}
        return cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": cls.client_a.id,
                "partner_shipping_id": cls.site_a_two.id,
                "company_id": cls.company_one.id,
                "journal_id": journal.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [Command.create({**line, "tax_ids": False})],
                **more,
            }
        )

    def quote(self, name):
        return self.quotes[name].with_env(self.staff)

    def about(self, name, subject=None):
        """What the lines about a quote are filled with: what pages call it, which is its first section or line."""
        return {"subject": subject or f"Works {name}"}

    def quote_sent(self):
        self.quote("sent").action_quotation_sent()
        return self.about("sent", "Hedges of the yard")

    def variation_sent(self):
        self.quote("variation").action_quotation_sent()
        return self.about("variation")

    def quote_approved(self):
        self.quote("approved").action_confirm()
        return self.about("approved", "Roof of the shed")

    def variation_approved(self):
        self.quote("more").action_confirm()
        return self.about("more")

    def quote_declined(self):
        self.quote("declined")._action_cancel()
        return self.about("declined")

    def variation_declined(self):
        self.quote("off")._action_cancel()
        return self.about("off")

    def option_passed(self):
        self.quote("other").action_confirm()
        return self.about("passed")

    def posted(self, kind):
        self.bills[kind].with_env(self.staff).action_post()
        return {"name": self.bills[kind].name}

    def invoice_posted(self):
        return self.posted("invoice_posted")

    def credit_note_posted(self):
        return self.posted("credit_note_posted")

    def invoice_due(self):
        bill = self.bills["invoice_due"]
        bill.invoice_date_due = fields.Date.today()
        self.env.flush_all()
        self.env["account.move"]._cron_client_due()
        return {"name": bill.name}

    def invoice_paid(self):
        bill = self.bills["invoice_paid"].with_env(self.staff)
        pay = self.staff["account.payment.register"].with_context(active_model="account.move", active_ids=bill.ids)
        pay.create({"journal_id": self.bank.id})._create_payments()
        return {"name": bill.name}


CROWD = (
    "deputy",
    "removed",
    "suspended_one",
    "resumed",
    "promoted",
    "widened",
    "narrowed",
    "away",
    "asker",
    "leaver",
    "mover",
)


class TeamActs:
    """People of client A."""

    @classmethod
    def _make_team(cls):
        portal = cls.env.ref("base.group_portal")
        cls.crowd = {}
        for name in CROWD:
            contact = cls.env["res.partner"].create(
                {"name": f"Pat {name}", "parent_id": cls.client_a.id, "email": f"{name}@example.com"}
            )
            user = cls.env["res.users"].create(cls._login(name, portal, cls.company_one, partner_id=contact.id))
            cls.users[name] = cls.crowd[name] = user
        sites = {"widened": cls.site_a_two, "narrowed": cls.site_a_two}
        for name, user in cls.crowd.items():
            if name == "asker":
                continue
            role = cls.roles["approver" if name in ("deputy", "away") else "viewer"]
            cls.members[name] = cls.env["client.member"].create(
                {
                    "user_id": user.id,
                    "client_id": cls.client_a.id,
                    "role_id": role.id,
                    "all_sites": name != "widened",
                    "site_ids": [Command.set(sites.get(name, cls.site_a_two.browse()).ids)],
                    "suspended": name == "resumed",
                }
            )

    def person_named(self, name):
        return {"name": self.crowd[name].name}

    def member(self, name):
        return self.members[name].with_env(self.staff)

    def member_joined(self):
        wizard = self.staff["client.invite.wizard"].create(
            {
                "client_id": self.client_a.id,
                "name": "Jane Grove",
                "email": "jane.grove@example.com",
                "role_id": self.roles["billing"].id,
            }
        )
        wizard.action_client_invite()
        return {"name": "Jane Grove", "role": "Billing"}

    def access_asked(self):
        link = self.env["client.link"].search([("client_id", "=", self.client_a.id)], limit=1)
        self.as_user("asker")["client.join"]._ask(link or self.link)
        return {**self.person_named("asker"), "email": "asker@example.com"}

    def member_removed(self):
        self.member("removed").action_archive()
        return self.person_named("removed")

    def member_suspended(self):
        self.member("suspended_one").action_client_suspend()
        return self.person_named("suspended_one")

    def member_resumed(self):
        self.member("resumed").action_client_resume()
        return self.person_named("resumed")

    def member_role_changed(self):
        self.member("promoted").role_id = self.roles["billing"]
        return {**self.person_named("promoted"), "role": "Billing"}

    def member_all_sites(self):
        self.member("widened").all_sites = True
        return self.person_named("widened")

    def member_sites_changed(self):
        self.member("narrowed").all_sites = False
        return {**self.person_named("narrowed"), "sites": self.site_a_two.name}

    def member_limit(self):
        usd = self.env.ref("base.USD")
        values = {"member_id": self.members["away"].id, "currency_id": usd.id, "amount": 500}
        type(self).own_limit = self.staff["client.member.limit"].create(values)
        return {**self.person_named("away"), "limit": "500.00 USD"}

    def member_limit_lifted(self):
        self.own_limit.unlink()
        return {**self.person_named("away"), "limit": "500.00 USD"}

    def member_away(self):
        first, last = fields.Date.to_date("2027-06-20"), fields.Date.to_date("2027-06-25")
        type(self).absence = self.staff["client.member.absence"].create(
            {
                "member_id": self.members["away"].id,
                "delegate_id": self.members["deputy"].id,
                "date_from": first,
                "date_to": last,
            }
        )
        days = {"en_US": {"days": "Jun 20 – Jun 25"}, "fr_FR": {"days": "20 juin – 25 juin"}}
        return {**self.person_named("away"), "delegate": self.crowd["deputy"].name, **days}

    def member_back(self):
        self.absence.unlink()
        return {**self.person_named("away"), "delegate": self.crowd["deputy"].name}

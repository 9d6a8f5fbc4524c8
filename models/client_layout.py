from odoo import api, models
from odoo.tools.misc import get_lang

# (page, address, capability that opens it); labels are translated in _nav
SECTIONS = (
    ("home", "/my", None),
    ("jobs", "/my/jobs", "see_jobs"),
    ("requests", "/my/requests", "request"),
    ("projects", "/my/projects", "see_jobs"),
    ("approvals", "/my/approvals", "approve"),
    ("quotes", "/my/quotes", "see_quotes"),
    ("billing", "/my/invoices", "see_invoices"),
    ("sites", "/my/sites", "see_jobs"),
    ("updates", "/my/updates", None),
    ("team", "/my/team", "manage_members"),
)
# pages that stand under another section's name
PAGES = {"invoices": "billing", "statement": "billing", "history": "billing"}
# pages about one client at a time: "all clients" is no choice there
ONE_CLIENT = ("home", "statement", "history", "team", "preferences")


class ClientLayout(models.AbstractModel):
    """The frame around every page of a member: whose portal, whose client, where to go.

    Plain values, so that the same frame stands around our pages, the stock account pages
    and the "not found" page.
    """

    _name = "client.layout"
    _description = "Frame of a member's pages"

    @api.model
    def _values(self, page="", client=None, company=None):
        """Values of the frame, and the company of Odoo's footer.

        :param str page: the section that is open
        :param client: res.partner chosen in the switcher or told by the page, empty for all
        :param company: res.company whose letterhead the page carries
        """
        user = self.env.user
        company = company or self.env.company
        mine = user._client_members().client_id  # sudo, a member's own clients
        client = client or (mine if len(mine) == 1 else mine.browse())
        words = self.env["client.words"]
        fresh = self.env["client.update"]._client_new_numbers(client) if mine else {}
        return {
            "res_company": company.sudo(),  # Odoo's footer names it, whoever looks
            "client_layout": {
                "style": company._client_style(),
                "dir": get_lang(self.env).direction or "ltr",
                "lang": get_lang(self.env).code.partition("@")[0].replace("_", "-"),
                "company": company.sudo().name,  # the operator's name is on every letterhead
                "logo": company._client_logo(),
                "nav": self._nav(page, client, fresh),
                "fresh": sum(fresh.values()),
                "page": page,
                "all_clients": page not in ONE_CLIENT,
                "labels": self._labels(),
                "clients": [{"id": c.id, "name": c.name, "current": c == client} for c in mine],
                "client": client.sudo().name or "",  # a member's own client
                "initials": words._initials(user.name),
            }
        }

    @api.model
    def _sections(self):
        """(page, address, capability that opens it) in their order; another module adds its own by ``super()``."""
        return SECTIONS

    @api.model
    def _labels(self):
        """{section: its name in the reader's language}."""
        return {
            "home": self.env._("Home"),
            "jobs": self.env._("Jobs"),
            "requests": self.env._("Requests"),
            "projects": self.env._("Projects"),
            "approvals": self.env._("Approvals"),
            "quotes": self.env._("Quotes"),
            "billing": self.env._("Billing"),
            "invoices": self.env._("Invoices"),
            "statement": self.env._("Statement"),
            "history": self.env._("History"),
            "sites": self.env._("Sites"),
            "updates": self.env._("Updates"),
            "team": self.env._("Team"),
            "agreements": self.env._("Agreements"),  # no tab: the home page leads there where there are any
        }

    @api.model
    def _nav(self, page, client=None, fresh=None):
        """[{'label', 'url', 'current', 'count', 'fresh'}] of the sections the user's role opens.

        :param client: res.partner whose role counts; without one, any role
        :param dict fresh: {section: what is new there since the last visit}
        """
        user, labels = self.env.user, self._labels()
        return [
            {
                "label": labels[name],
                "url": url,
                "current": name == PAGES.get(page, page),
                "count": self._count(name, client),
                "fresh": sum((fresh or {}).get(one, 0) for one in self._pages_of(name)),
            }
            for name, url, capability in self._sections()
            if user._client_members() and (not capability or user._client_can(capability, client or None))
        ]

    @api.model
    def _pages_of(self, section):
        """The section itself, and the pages that stand under its name."""
        return [section, *(page for page, above in PAGES.items() if above == section)]

    @api.model
    def _seen(self, client=None):
        """Remember that the reader looks at their pages now.

        :param client: res.partner, one client of theirs; without one, all
        """
        members = self.env.user._client_members()
        self.env["client.seen"].sudo()._visit(  # one's own visit
            members.filtered(lambda member: member.client_id.id == client.id) if client else members
        )

    @api.model
    def _count(self, section, client=None):
        """Number beside a section's name: what waits there for the reader."""
        return self.env["client.approval"]._client_waiting_count(client) if section == "approvals" else 0

    @api.model
    def _section_url(self, page, client):
        """Where to go after choosing a client: the same section where the role opens it, else home."""
        if page in ("statement", "history") and client in self.env["client.statement"]._clients():
            return "/my/statement"
        return next((section["url"] for section in self._nav(page, client) if section["current"]), "/my")

    @api.model
    def _operators(self):
        """Whom somebody without access may ask: the companies that serve their client."""
        return self._operator_companies().mapped("name")

    @api.model
    def _support(self):
        """What those companies want somebody without access to read, in their settings' words."""
        texts = self._operator_companies().mapped("client_support_text")
        return [text for text in texts if text]

    @api.model
    def _operator_companies(self):
        """Companies that serve the client of somebody who may have no access (sudo: names and texts)."""
        client = self.env.user.sudo().partner_id.commercial_partner_id  # reason: their own company
        return client.client_company_ids or self.env.company.sudo()  # reason: names and texts only

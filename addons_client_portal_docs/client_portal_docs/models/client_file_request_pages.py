"""What the pages show of files that were asked for, and of the form that sends them."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.client_portal.models.client_workspace import WAITING_SHOWN

BOX_SHOWN = 5


class ClientFileRequest(models.Model):
    _inherit = "client.file.request"

    # ---------------------------------------------------------------------- waiting

    @api.model
    def _client_waiting_domain(self):
        """What the current user may see and send now, as a domain in sudo."""
        waiting, user = Domain.FALSE, self.env.user
        for member in user._client_members():
            role, mine = member.role_id, Domain("member_ids", "in", member.ids)
            if role.can_comment or role.can_request:
                mine |= Domain("member_ids", "=", False)
            waiting |= Domain("client_id", "=", member.client_id.id) & mine
        return Domain("state", "=", "open") & waiting

    @api.model
    def _client_waiting(self, domain, limit):
        """The soonest due of what waits for the current user; one query."""
        if not self.env.user._client_can("see_documents"):
            return self.browse()
        visible = self._client_visible_domain() & self._client_waiting_domain() & Domain(domain)
        asked = self.sudo()  # the user's own rules are part of the domain
        found = asked.search_fetch(visible, self._client_row_fields, order="date_due nulls last, id", limit=limit)
        return found.sudo(False)  # back to the user: their own rights count from here

    def _client_rows(self):
        places, words = self._client_places(), self.env["client.words"]
        return [
            {
                "id": asked.id,
                "url": asked._client_url(),
                "title": self.env._("Please send: %s", asked.name),
                "icon": "fa-upload",
                "detail": places[asked.id],
                "badge": words._due(asked.date_due) if asked.date_due else None,
                "due": words._due(asked.date_due),
                "amount": "",
                "action": self.env._("Send"),
            }
            for asked in self
        ]

    @api.model
    def _client_box(self, client_ids):
        """Rows of what waits, for the top of the library."""
        return self._client_waiting([("client_id", "in", client_ids)], BOX_SHOWN)._client_rows()

    @api.model
    def _client_searchbar(self):
        """It has no list of its own: what waits stands on the home page, in the library and on its record."""
        newest = {"newest": {"label": self.env._("Newest first"), "order": "id desc"}}
        everything = {"all": {"label": self.env._("Everything"), "domain": []}}
        return {
            "search": ["name"],
            "default_sort": "newest",
            "default_filter": "all",
            "sortings": newest,
            "filters": everything,
        }

    # ------------------------------------------------------------------------- page

    def _client_facts(self, sent=None, files=(), refused=(), error=""):
        """Values of the page that asks for a file.

        :param dict sent: what was typed when the form comes back
        :param files: ir.attachment (sudo) that wait for the form
        :param refused: see ``client.upload._stage``
        """
        self.ensure_one()
        asked, words = self.sudo(), self.env["client.words"]  # behind the gate
        can = self._client_may_send()
        record = self._client_record()
        return {
            **self.env["client.upload"]._form(sent, files, refused, error, self._client_most()),
            "title": asked.name,
            "can": can,
            "wanted": asked.note or "",
            "due": words._due(asked.date_due) if asked.state == "open" and asked.date_due else None,
            "closed": "" if can else self._client_closed_words(),
            "arrived": self._client_arrived() if can or self.env.user in asked.document_ids.create_uid else [],
            "facts": [
                {"label": self.env._("Needed by"), "value": words._short(asked.date_due)},
                self._client_site_fact(with_address=False),
                {"label": self.env._("For"), "value": record[record._client_label_field], "url": record._client_url()}
                if record
                else {"label": "", "value": ""},
                {"label": self.env._("Asked by"), "value": (asked.company_id or asked.env.company).name},
            ],
        }

    def _client_closed_words(self):
        state = self.sudo().state  # behind the gate
        return {
            "received": self.env._("Somebody of your organisation has sent this."),
            "done": self.env._("We have received this and looked at it. Thank you!"),
            "open": self.env._("Somebody else of your organisation was asked for this."),
        }.get(state, "")

    def _client_record(self):
        """What it is about, if it is the reader's to see."""
        if self.res_model not in self.env or not self.res_id:
            return None
        return self.env[self.res_model].search([("id", "=", self.res_id)], limit=1)

    def _client_arrived(self):
        """[{'name', 'note'}] of what was sent already (sudo: drafts), newest first."""
        words = self.env["client.words"]
        versions = self.sudo().document_ids.version_ids.sorted("id", reverse=True)  # names of the sent files
        return [
            {
                "name": version.name,
                "note": self._client_details(
                    version.size_words, version.author_id.name, words._day(words._local(version.create_date).date())
                ),
            }
            for version in versions
        ]


class ClientUpload(models.AbstractModel):
    _inherit = "client.upload"

    @api.model
    def _form(self, sent, files, refused, error, most):
        """Values of a form that takes files: {'limits', 'staged', 'refused', 'error', 'typed'}."""
        return {
            "limits": {**self._limits(), "count": most},
            "staged": self._rows(files),
            "refused": refused,
            "error": error,
            "typed": sent or {},
        }


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_facts(self):
        return {**super()._client_facts(), "files_url": self._client_files_url()}

    def _client_files_url(self):
        """Where files for this job are sent, '' where the member may not."""
        return f"{self._client_url()}/files" if self._client_may_add_files() else ""

    def _client_files_form(self, sent=None, files=(), refused=(), error=""):
        """Values of the page that sends files for a job."""
        upload = self.env["client.upload"]
        return {
            **upload._form(sent, files, refused, error, upload._most()),
            "title": self.env._("Send files: %s", self.client_name),
            "can": True,
            "wanted": "",
            "due": None,
            "closed": "",
            "arrived": [],
            "facts": [
                {"label": self.env._("Job"), "value": self.client_name, "url": self._client_url()},
                self._client_site_fact(with_address=False),
            ],
        }


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def _client_asks(self):
        """Files that are waited for stand after what is to be answered."""
        requests = self.env["client.file.request"]
        here = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        waiting = requests._client_waiting(here, BOX_SHOWN) if self._name != requests._name else requests
        card = {"template": "client_portal_docs.ask_files", "rows": waiting._client_rows()}
        return [*super()._client_asks(), *([card] if waiting else [])]


class ClientWorkspace(models.AbstractModel):
    _inherit = "client.workspace"

    @api.model
    def _waiting(self, client, domain, jobs, bills):
        """Files that are waited for are on the list of what the member can do."""
        waiting = super()._waiting(client, domain, jobs, bills)
        asked = self.env["client.file.request"]._client_waiting(domain, WAITING_SHOWN)
        rows = [*waiting["rows"], *asked._client_rows()]
        urgency = {"danger": 0, "warning": 1}
        rows.sort(key=lambda row: urgency.get((row["due"] or {}).get("tone"), 2))
        return {"rows": rows[:WAITING_SHOWN], "count": waiting["count"] + len(asked)}

    @api.model
    def _answered_in_words(self):
        """A job that waits for a file only says so by the file."""
        asked = self.env["client.file.request"].sudo()  # AND-ed with the user's rules on jobs
        files = asked._search([("res_model", "=", "project.task"), ("state", "=", "open")])
        return super()._answered_in_words() & Domain("id", "not in", files.subselect("res_id"))

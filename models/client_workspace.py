from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Datetime, Domain

from .account_move_pages import UNPAID
from .client_map import CARD
from .project_task_pages import ACTIVE

WAITING_SHOWN, UPDATES_SHOWN, PROJECTS_SHOWN, SITES_SHOWN, VISITS_SHOWN, AGREEMENTS_SHOWN = 6, 8, 4, 5, 3, 3


class ClientWorkspace(models.AbstractModel):
    """The page a member lands on: what waits, where things stand, what changed.

    Runs as the member, so the record rules give the scope; each model is asked once for
    its numbers.
    """

    _name = "client.workspace"
    _description = "Workspace of a client's member"

    @api.model
    def _values(self, client):
        """Everything the workspace shows, as plain values. Numbers of two clients never mix.

        :param client: res.partner, the one client looked at
        :rtype: dict
        """
        client_ids, domain = client.ids, Domain("client_id", "in", client.ids)
        user = self.env.user
        jobs = self._job_numbers(domain) if user._client_can("see_jobs", client) else None
        quotes = self._quote_numbers(domain) if user._client_can("see_quotes", client) else None
        bills = self._invoice_numbers(domain) if user._client_can("see_invoices", client) else None
        only = "client=%s" % client.id if len(user._client_members()) > 1 else ""
        sites = self._sites(client_ids, jobs is not None, only)  # first: the others name them
        waiting = self._waiting(client, domain, jobs, bills)
        return {
            "notices": self.env["client.notice"]._client_standing(client),
            "greeting": self.env["client.words"]._greeting(),
            "situation": self._situation(waiting, jobs, sites),
            "overdue": bills and bills["reminder"],
            "waiting": waiting["rows"],
            "waiting_more": waiting["count"] - len(waiting["rows"]),
            "tiles": [
                {**tile, "url": "%s&%s" % (tile["url"], only) if only else tile["url"]}
                for tile in self._tiles(jobs, quotes, bills)
            ],
            "only": "?%s" % only if only else "",
            "days": self._updates(domain),
            "visits": self.env["client.calendar"]._next(domain, VISITS_SHOWN) if jobs is not None else [],
            "projects": self._projects(domain) if jobs is not None else [],
            "agreements": self._agreements(domain) if jobs is not None else [],
            "sites": sites["rows"],
            "sites_count": sites["count"],
            "sites_map": sites["map"],
            "contacts": self._contacts(client_ids),
            "new_request": self._new_request(client, only),
            "client_logo": self._logo(client_ids),
        }

    # ------------------------------------------------------------------- numbers

    @api.model
    def _year_ago(self):
        """Start of the last twelve months, the same for tile and list."""
        today = self.env["client.words"]._today()
        return Datetime.to_datetime(today - relativedelta(years=1))

    @api.model
    def _job_numbers(self, domain):
        """{status: count}, completed ones of the last twelve months only; 'mine' counts
        the waiting ones the member may answer in the conversation.
        """
        recent = Domain("client_status", "in", ACTIVE) | (
            Domain("client_status", "=", "completed") & Domain("client_status_since", ">=", self._year_ago())
        )
        tasks, able = self.env["project.task"], self._able_clients("comment")
        numbers = dict(tasks._read_group(domain & recent, ["client_status"], ["__count"]))
        waiting = domain & Domain("client_id", "in", able) & self._answered_in_words()
        return {
            **numbers,
            "mine": tasks.search_count(waiting) if able else 0,
            "visits": self.env["client.calendar"]._this_week(domain),
        }

    @api.model
    def _answered_in_words(self):
        """Domain of jobs that wait for a message of the client; what waits for an approval says so itself."""
        approvals = self.env["client.approval"].sudo()  # AND-ed with the user's rules on jobs
        asked = approvals._search([("res_model", "=", "project.task"), ("state", "=", "pending")])
        return Domain("client_court", "=", "client") & Domain("id", "not in", asked.subselect("res_id"))

    @api.model
    def _quote_numbers(self, domain):
        """{'open': count}."""
        return {"open": self.env["sale.order"].search_count(domain & self._open_quotes())}

    @api.model
    def _open_quotes(self):
        return Domain(self.env["sale.order"]._client_searchbar()["filters"]["open"]["domain"])

    @api.model
    def _able_clients(self, capability):
        """Ids of the clients for whom the member's role allows something."""
        members = self.env.user._client_members()
        return members.filtered(lambda member: member.role_id[f"can_{capability}"]).client_id.ids

    @api.model
    def _invoice_numbers(self, domain):
        """{'open': count, 'overdue': count, 'reminder'}, see ``account.move._client_overdue_words``."""
        moves = self.env["account.move"]
        unpaid = domain & Domain("move_type", "=", "out_invoice") & Domain("payment_state", "in", UNPAID)
        numbers = ["__count", "amount_residual:sum"]
        groups = moves._read_group(unpaid, ["invoice_date_due:day", "currency_id"], numbers)
        today = self.env["client.words"]._today()
        reminder = moves._client_overdue_words(group[1:] for group in groups if group[0] and group[0] < today)
        return {
            "open": sum(group[2] for group in groups),
            "overdue": reminder["count"] if reminder else 0,
            "reminder": reminder,
        }

    @api.model
    def _tiles(self, jobs, quotes, bills):
        """[{'value', 'label', 'note', 'url'}]; nothing of what the role does not allow."""
        tiles = []
        if jobs is not None:
            tiles += [
                {
                    "value": sum(jobs.get(status, 0) for status in ACTIVE),
                    "label": self.env._("Active jobs"),
                    "note": self._active_note(jobs),
                    "url": "/my/jobs?filterby=active",
                },
                {
                    "value": jobs.get("completed", 0),
                    "label": self.env._("Completed jobs"),
                    "note": self.env._("last 12 months"),
                    "url": "/my/jobs?filterby=year",
                },
            ]
        if quotes is not None:
            tiles.append(
                {
                    "value": quotes["open"],
                    "label": self.env._("Open quotes"),
                    "note": self.env._("awaiting review"),
                    "url": "/my/quotes?filterby=open",
                }
            )
        if bills is not None:
            overdue = bills["overdue"]
            tiles.append(
                {
                    "value": bills["open"],
                    "label": self.env._("Open invoices"),
                    "note": self.env._("%s overdue", overdue) if overdue else self.env._("none overdue"),
                    "url": "/my/invoices?filterby=open",
                }
            )
        return tiles

    @api.model
    def _active_note(self, jobs):
        """What matters most about the active jobs: the visits of this week, or else what waits."""
        visits, waiting = jobs["visits"], jobs["mine"]
        if visits:
            return self.env._("1 visit this week") if visits == 1 else self.env._("%s visits this week", visits)
        return self.env._("%s waiting for you", waiting) if waiting else self.env._("under way")

    # ------------------------------------------------------------------- waiting

    @api.model
    def _waiting(self, client, domain, jobs, bills):
        """What the member can act on, most urgent first: {'rows', 'count'}."""
        rows, count = [], 0
        if bills and bills["open"]:
            rows += self._waiting_invoices(domain)
            count += bills["open"]
        approvals = self.env["client.approval"]
        asked = approvals._client_waiting_soonest(client, WAITING_SHOWN)
        if asked:
            rows += self._waiting_approvals(asked)
            count += len(asked) if len(asked) < WAITING_SHOWN else approvals._client_waiting_count(client)
        if jobs and jobs["mine"]:
            rows += self._waiting_jobs(domain & Domain("client_id", "in", self._able_clients("comment")))
            count += jobs["mine"]
        urgency = {"danger": 0, "warning": 1}
        rows.sort(key=lambda row: urgency.get(row["due"]["tone"], 2))
        return {"rows": rows[:WAITING_SHOWN], "count": count}

    @api.model
    def _waiting_invoices(self, domain):
        moves = self.env["account.move"]._client_find(
            domain & Domain("move_type", "=", "out_invoice") & Domain("payment_state", "in", UNPAID),
            "invoice_date_due, id",
            WAITING_SHOWN,
        )
        words = {True: self.env._("Pay"), False: self.env._("Open")}
        return [
            {**row, "due": row["badge"], "amount": row["left"] or row["amount"], "action": words[bool(row["pay"])]}
            for row in moves._client_rows()
        ]

    @api.model
    def _waiting_approvals(self, asked):
        return [
            {**row, "due": row["due"] or self.env["client.words"]._due(None), "action": self.env._("Review")}
            for row in asked._client_rows(mine=set(asked.ids))
        ]

    @api.model
    def _waiting_jobs(self, domain):
        waiting = domain & self._answered_in_words()
        jobs = self.env["project.task"]._client_find(waiting, "id desc", WAITING_SHOWN)
        due = {"label": self.env._("waiting for you"), "tone": "warning"}
        return [
            {**row, "due": due, "amount": "", "action": job._client_action()}
            for job, row in zip(jobs, jobs._client_rows())
        ]

    @api.model
    def _situation(self, waiting, jobs, sites):
        """One sentence under the greeting: '4 sites · 2 things wait for you · 9 jobs under way'."""
        active = sum((jobs or {}).get(status, 0) for status in ACTIVE)
        count = waiting["count"]
        one_or_many = [
            (sites["count"], self.env._("1 site"), self.env._("%s sites", sites["count"])),
            (count, self.env._("1 thing waits for you"), self.env._("%s things wait for you", count)),
            (active, self.env._("1 job under way"), self.env._("%s jobs under way", active)),
        ]
        parts = [one if number == 1 else many for number, one, many in one_or_many if number]
        if not count:
            parts.append(self.env._("nothing waits for you"))
        return parts

    # ------------------------------------------------------------------- the rest

    @api.model
    def _updates(self, domain, limit=UPDATES_SHOWN):
        """The newest updates by day: [{'label', 'rows'}]."""
        updates = self.env["client.update"]
        return updates._client_days(updates._client_feed(domain, limit)["lines"][:limit])

    @api.model
    def _projects(self, domain):
        return self.env["project.project"]._client_find(domain, "id desc", PROJECTS_SHOWN)._client_rows()

    @api.model
    def _agreements(self, domain):
        return self.env["client.agreement"]._client_running(domain, AGREEMENTS_SHOWN)

    @api.model
    def _sites(self, client_ids, with_jobs, only):
        """The member's sites: {'rows', 'count', 'map'}."""
        partners = self.env["res.partner"]
        domain = partners._client_sites_of(client_ids)
        sites = partners._client_find(domain, "name, id", SITES_SHOWN)
        count = len(sites) if len(sites) < SITES_SHOWN else partners.search_count(domain)
        numbers = partners._client_job_numbers(partners._search(domain)) if with_jobs and sites else {}
        places = partners._client_map_places(domain, with_jobs, numbers) if sites else []
        return {
            "rows": sites._client_site_rows(with_jobs, numbers),
            "count": count,
            "map": self.env["client.map"]._values(places, CARD, f"/my/sites?{only}"),
        }

    @api.model
    def _logo(self, client_ids):
        """Address of the client's own logo, '' without one or for several clients."""
        if len(client_ids) != 1:
            return ""
        client = self.env["res.partner"].browse(client_ids).with_context(bin_size=True)
        return f"/web/image/res.partner/{client.id}/image_128" if client.image_128 else ""

    @api.model
    def _new_request(self, client, only):
        """Address of the form for new work, '' while nothing can be requested."""
        member = self.env["client.member"]._client_requesters().filtered(lambda m: m.client_id.id == client.id)
        address = "/my/requests/new?%s" % only if only else "/my/requests/new"
        return address if member and member._client_request_types(limit=1) else ""

    @api.model
    def _contacts(self, client_ids):
        """Who looks after the client: names only, nothing else of the staff leaves."""
        clients = self.env["res.partner"].sudo().browse(client_ids)  # the members' own clients
        people = clients.user_id or clients.client_company_ids.client_contact_user_id
        words = self.env["client.words"]
        return [{"name": person.name, "initials": words._initials(person.name)} for person in people]

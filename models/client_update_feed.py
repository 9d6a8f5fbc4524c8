"""The feed: updates by day, what happened to many records at once as one line, and what is new to the reader."""

from collections import Counter
from datetime import datetime, timezone

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

TOGETHER = 4  # so many of one kind by one person within a quarter of an hour are one line
QUARTER = 15 * 60  # seconds; days begin at a quarter of an hour in every time zone
NAMED = 3  # records that a line for many names
WINDOW, NARROWEST = 25, 500  # rows looked at: so many times the lines asked for, and no fewer than that
NEW_COUNTED = 99

# kind -> words of the line for many; kinds without are told one by one
GROUPED = {
    "job_published": _lt("%(count)s new jobs"),
    "job_requested": _lt("%(count)s jobs received"),
    "job_scheduled": _lt("%(count)s jobs scheduled"),
    "job_in_progress": _lt("Work started on %(count)s jobs"),
    "job_waiting": _lt("%(count)s jobs wait for you"),
    "job_completed": _lt("%(count)s jobs completed"),
    "job_cancelled": _lt("%(count)s jobs cancelled"),
    "job_reopened": _lt("%(count)s jobs are open again"),
    "job_visit_set": _lt("%(count)s visits planned"),
    "job_visit_moved": _lt("%(count)s visits moved"),
    "job_visit_off": _lt("%(count)s visits called off"),
    "job_visit_asked": _lt("Please confirm %(count)s visits"),
    "project_published": _lt("%(count)s projects started"),
    "milestone_reached": _lt("%(count)s milestones reached"),
    "quote_sent": _lt("%(count)s quotes wait for your review"),
    "variation_sent": _lt("%(count)s variations wait for your review"),
    "approval_requested": _lt("%(count)s things wait for your approval"),
    "invoice_posted": _lt("%(count)s new invoices"),
    "credit_note_posted": _lt("%(count)s new credit notes"),
    "invoice_due": _lt("%(count)s invoices are due"),
    "invoice_paid": _lt("%(count)s invoices paid"),
}


class ClientUpdate(models.Model):
    _inherit = "client.update"

    @api.model
    def _client_feed(self, domain, limit, before=None):
        """Lines of the feed that the reader may see, newest first; two queries whatever there is.

        What belongs together is found when it is read, among what the reader may see: somebody of one site reads of
        three visits moved there, a colleague of two hundred.

        :param domain: which updates
        :param int limit: lines wanted; what happened within one quarter of an hour stays together
        :param before: naive UTC datetime, only what is older
        :return: {'lines': rows as ``_client_rows`` gives them and 'fresh', 'older': datetime to go on from or None}
        """
        domain = Domain(domain) & Domain("date", "<", before) if before else Domain(domain)
        groups, older = self._feed_page(self._feed_groups(domain, limit), limit)
        updates = self.browse([record_id for group in groups for record_id in group["ids"]])
        if updates:
            updates.fetch(("date", "kind", "values", "res_model", "res_id", "capability"))
        rows = {row["id"]: row for row in updates._client_rows()}
        lines = []
        for group in groups:
            told = [{**rows[record_id], "fresh": group["fresh"]} for record_id in group["ids"]]
            lines += [self._feed_line(group, told)] if self._feed_is_one(group) else told
        return {"lines": sorted(lines, key=lambda line: (line["date"], line["id"]), reverse=True), "older": older}

    @api.model
    def _feed_is_one(self, group):
        return group["count"] >= TOGETHER and bool(self._kind(group["kind"]).many)

    @api.model
    def _feed_groups(self, domain, limit):
        """What belongs together, newest first: [{'kind', 'count', 'ids': the newest, 'quarter', 'last', 'fresh'}]."""
        query = self._search(domain, order="date desc, id desc", limit=self._feed_window(limit))
        names = ("id", "date", "kind", "client_id", "actor_partner_id", "res_model")
        cells = {name: self.sudo()._field_to_sql(query.table, name, query) for name in names}  # who acted: compared
        fresh = SQL(
            "%s AND %s IS DISTINCT FROM %s",
            self.env.user._client_new_sql(cells["client_id"], cells["date"]),
            cells["actor_partner_id"],
            self.env.user.partner_id.id,
        )
        rows = query.select(
            *(SQL("%s AS %s", cell, SQL.identifier(name)) for name, cell in cells.items()),
            SQL("%s AS fresh", fresh),
            SQL("FLOOR(EXTRACT(EPOCH FROM %s) / %s)::int AS quarter", cells["date"], QUARTER),
        )
        found = self.env.execute_query_dict(
            SQL(
                """
                SELECT kind, quarter, COUNT(*), (ARRAY_AGG(id ORDER BY date DESC, id DESC))[1:%(named)s] AS ids,
                       COALESCE(BOOL_OR(fresh), FALSE) AS fresh, MIN(date) AS last
                  FROM (%(rows)s) u
                 GROUP BY quarter, kind, client_id, actor_partner_id, res_model,
                          CASE WHEN kind IN %(grouped)s THEN 0 ELSE id END
                 ORDER BY MAX(date) DESC, MAX(id) DESC
                """,
                rows=rows,
                named=max(NAMED, TOGETHER - 1),
                grouped=tuple(self._grouped()),
            )
        )
        return found

    @api.model
    def _feed_window(self, limit):
        return max(limit * WINDOW, NARROWEST)

    @api.model
    def _feed_page(self, groups, limit):
        """As many of the groups as make a page, and from when on the next one goes on."""
        whole = sum(group["count"] for group in groups) < self._feed_window(limit)
        last = groups[-1]["quarter"] if groups else None
        if not whole and groups[0]["quarter"] == last:  # more in a quarter of an hour than one looks at
            return groups, groups[-1]["last"]
        lines, page = 0, []
        for group in groups:
            ends = lines >= limit and group["quarter"] != page[-1]["quarter"]
            if ends or (not whole and group["quarter"] == last):
                start = datetime.fromtimestamp((group["quarter"] + 1) * QUARTER, timezone.utc)
                return page, start.replace(tzinfo=None)
            page.append(group)
            lines += 1 if self._feed_is_one(group) else group["count"]
        return page, None

    @api.model
    def _feed_line(self, group, rows):
        """One line for many: how many, the first of them by name, and the list they are in."""
        model = self.env.get(self.browse(rows[0]["id"]).res_model)
        told = [self.browse(row["id"]).values or {} for row in rows[:NAMED]]
        names = [values.get("title") or values.get("name") for values in told]
        named, more = ", ".join(name for name in names if name), group["count"] - len(names)
        sentence = self.env._(self._kind(group["kind"]).many)
        return {
            **rows[0],
            "title": sentence % {"count": group["count"]},
            "detail": self.env._("%(names)s and %(count)s more", names=named, count=more) if more else named,
            "url": getattr(model, "_client_list_url", "") or "/my/updates",
        }

    @api.model
    def _client_days(self, lines):
        """Lines of a feed by day: [{'label', 'rows'}]."""
        words, days = self.env["client.words"], {}
        for line in lines:
            days.setdefault(line["day"], []).append({**line, "time": words._time(line["date"])})
        return [{"label": words._heading(day), "rows": rows} for day, rows in days.items()]

    @api.model
    def _client_new_numbers(self, client=None):
        """How much others did since the reader's last visit: {section of the pages: count}; one query.

        :param client: res.partner, one client of theirs; without one, all
        """
        new = self.env.user._client_new_domain("date") & self._client_by_others()
        new &= Domain("client_id", "=", client.id) if client else Domain.TRUE
        query = self._search(new, order="date desc", limit=NEW_COUNTED + 1)
        cells = [self._field_to_sql(query.table, name, query) for name in ("res_model", "kind")]
        return Counter(self._client_section_of(*row) for row in self.env.execute_query(query.select(*cells)))

    @api.model
    def _client_by_others(self):
        """Domain of what somebody else than the reader did."""
        me = self.env.user.partner_id.id

        def to_sql(model, alias, query):
            actor = model.sudo()._field_to_sql(alias, "actor_partner_id", query)  # compared only
            return SQL("%s IS DISTINCT FROM %s", actor, me)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _client_section_of(self, model, kind):
        """The section of the pages that an update belongs to; see SECTIONS in client_layout.py."""
        if kind.startswith("request_"):
            return "requests"
        return getattr(self.env.get(model), "_client_section", "")

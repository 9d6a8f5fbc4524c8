"""What a list is narrowed by, beside words and state, and how it reads as a file."""

import re
from datetime import date, datetime, time, timedelta

import pytz

from odoo import api, models
from odoo.fields import Domain

EXPORT_LIMIT = 10_000  # rows of a file, unless the system parameter says otherwise
OPTIONS_SHOWN = 200  # of one narrowing; the one that is chosen is always there
YEARS = range(1900, 3000)  # beyond these, calendars run out
_BATCH = 1_000


class ClientShown(models.AbstractModel):
    _inherit = "client.shown"

    # ------------------------------------------------------------------- narrowings

    @api.model
    def _client_narrowings(self, query, client_ids):
        """Fields above a list by which the member narrows it.

        :param dict query: what came with the address; what the member may not see is ignored
        :param list client_ids: clients the list is about
        :return: [{'name', 'label', 'kind': 'choice' or 'day', 'value', 'options', 'chip', 'domain'}];
            'value' is empty and 'domain' true where nothing is chosen
        """
        return []

    @api.model
    def _client_choice(self, name, label, query, model, domain, narrow, title="name"):
        """One narrowing by a record.

        :param str name: of the field in the address
        :param str model: of what may be chosen, as the user sees it
        :param domain: which of its records are offered
        :param narrow: function of the chosen record, gives a domain
        :param str title: field that names them
        """
        records = self.env[model].search_fetch(domain, [title], order=f"{title}, id", limit=OPTIONS_SHOWN)
        asked = str(query.get(name) or "")
        chosen = records.browse()
        if re.fullmatch("[0-9]{1,18}", asked):
            chosen = records.filtered(lambda record: record.id == int(asked))
            chosen = chosen or records.search([("id", "=", int(asked)), *domain])
        return {
            "name": name,
            "label": label,
            "kind": "choice",
            "value": str(chosen.id or ""),
            "options": [{"value": str(record.id), "label": record[title]} for record in records | chosen],
            "chip": chosen[title] if chosen else "",
            "domain": Domain(narrow(chosen)) if chosen else Domain.TRUE,
        }

    @api.model
    def _client_period(self, query, narrow):
        """Two narrowings by the days of a period, both included.

        :param narrow: function of (first day or None, last day or None), gives a domain
        """
        days = [self._client_typed_day(query.get(name)) for name in ("from", "to")]
        words = self.env["client.words"]
        labels = [self.env._("From"), self.env._("Until")]
        chips = [self.env._("from %s", words._short(days[0])), self.env._("until %s", words._short(days[1]))]
        period = Domain(narrow(*days)) if any(days) else Domain.TRUE
        return [
            {
                "name": name,
                "label": label,
                "kind": "day",
                "value": day.isoformat() if day else "",
                "options": [],
                "chip": chip if day else "",
                "domain": period,
            }
            for name, label, day, chip in zip(("from", "to"), labels, days, chips, strict=True)
        ]

    @api.model
    def _client_typed_day(self, text):
        """A day as a browser sends it, or None."""
        try:
            day = date.fromisoformat(str(text or "")[:10])
        except ValueError:
            return None
        return day if day.year in YEARS else None

    @api.model
    def _client_between(self, field, first, last):
        """Domain of moments in the days of a period where the reader is.

        :param str field: a datetime
        :param first: date or None
        :param last: date or None
        """
        zone = pytz.timezone(self.env.context.get("tz") or self.env.user.tz or "UTC")
        domain = Domain(field, "!=", False)
        for operator, day in ((">=", first), ("<", last and last + timedelta(days=1))):
            if day:
                midnight = zone.localize(datetime.combine(day, time.min))
                domain &= Domain(field, operator, midnight.astimezone(pytz.utc).replace(tzinfo=None))
        return domain

    # ------------------------------------------------------------------------ files

    @api.model
    def _client_section_label(self):
        """What the list is called."""
        label = self.env["client.layout"]._labels().get(self._client_section)
        return label or self.env["ir.model"]._get(self._name).name

    @api.model
    def _client_export_limit(self):
        """Most rows a file holds."""
        asked = self.env["ir.config_parameter"].sudo().get_param("client_portal.export_rows")  # a setting
        return int(asked or EXPORT_LIMIT)

    @api.model
    def _client_table(self, domain, order, limit):
        """A list as headings and rows, as the current user.

        :return: (list of texts, generator of lists of plain values)
        """
        found = self._client_find(domain, order, limit)
        headings = [heading for heading, _value in found[:0]._client_columns()]
        return headings, found._client_cells()

    def _client_cells(self):
        """Rows of ``_client_columns``, so many records at a time."""
        for start in range(0, len(self), _BATCH):
            batch = self[start : start + _BATCH]
            columns = [value for _heading, value in batch._client_columns()]
            for record in batch:
                yield [value(record) for value in columns]

    def _client_columns(self):
        """Columns of the list as a file: [(heading, function of one record)].

        The same as a row on screen says, but dates, moments and amounts as such.
        """
        return [(self.env._("Name"), lambda record: record[self._client_label_field])]

    def _client_place_columns(self):
        """Columns of whose and where a record is; whose only for members of several clients."""
        records = self.sudo()  # the site and the client of a visible record may be named
        several = len(self.env.user._client_members().client_id) > 1
        records.client_site_id.fetch(["name"])
        columns = [(self.env._("Site"), lambda record: record.sudo().client_site_id.name)]  # as above
        if several:
            records.client_id.fetch(["name"])
            columns.insert(0, (self.env._("Client"), lambda record: record.sudo().client_id.name))  # as above
        return columns

"""What the back office shows of the access journal, and the buttons that lead there."""

from odoo import api, fields, models

_ACTION = "client_portal.client_access_action"


class ClientAccess(models.Model):
    _inherit = "client.access"

    what = fields.Char(compute="_compute_words")
    record_name = fields.Char(compute="_compute_words", string="Record")
    visitor_id = fields.Many2one("res.users", string="Member", compute="_compute_people", search="_search_visitor_id")
    partner_id = fields.Many2one("res.partner", string="Client", compute="_compute_people", search="_search_partner_id")
    viewer_id = fields.Many2one("res.users", string="Staff", compute="_compute_people", search="_search_viewer_id")

    def _compute_words(self):
        """Kinds in words; records by name where the reader may read them."""
        kinds = {kind: self._client_what(kind).capitalize() for kind in set(self.mapped("kind"))}
        names = {}
        for model, rows in self.grouped("res_model").items():
            if model in self.env:
                records = self.env[model].browse(rows.mapped("res_id")).exists()._filtered_access("read")
                names[model, 0] = self._client_list_name(model)
                names.update({(model, record.id): record.display_name for record in records})
        for row in self:
            row.what = kinds[row.kind]
            row.record_name = names.get((row.res_model, row.res_id)) or f"{row.res_model} {row.res_id}"

    @api.model
    def _client_list_name(self, model):
        """What a row is about that is about no record: a list as a file."""
        label = getattr(self.env[model], "_client_section_label", None)
        return self.env._("List: %s", label()) if label else model

    def _compute_people(self):
        """Those of the ids that still lead to somebody."""
        users = self.env["res.users"].with_context(active_test=False)
        present = set(users.browse({*self.mapped("user_id"), *self.mapped("staff_id")} - {0}).exists().ids)
        clients = set(self.env["res.partner"].browse(set(self.mapped("client_id")) - {0}).exists().ids)
        for row in self:
            row.visitor_id = row.user_id if row.user_id in present else False
            row.viewer_id = row.staff_id if row.staff_id in present else False
            row.partner_id = row.client_id if row.client_id in clients else False

    @api.model
    def _search_visitor_id(self, operator, value):
        return self._search_by("user_id", "res.users", operator, value)

    @api.model
    def _search_viewer_id(self, operator, value):
        return self._search_by("staff_id", "res.users", operator, value)

    @api.model
    def _search_partner_id(self, operator, value):
        return self._search_by("client_id", "res.partner", operator, value)

    @api.model
    def _search_by(self, column, model, operator, value):
        """A search on somebody, said in terms of the id that is kept."""
        if operator == "in":
            return [(column, "in", list(value))]
        if operator != "any":  # the ORM turns the others into these two
            return NotImplemented
        return [(column, "in", self.env[model].with_context(active_test=False).search(value).ids)]

    def action_client_open(self):
        """Open the record a row is about; Odoo refuses it to staff who may not read it."""
        self.ensure_one()
        if not self.res_id:
            return False  # a list
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _open_journal(self, domain):
        """The journal narrowed to ``domain``; Odoo refuses it to whoever may not read it."""
        self.check_access("read")
        return dict(self.env["ir.actions.act_window"]._for_xml_id(_ACTION), domain=domain)


class ClientMember(models.Model):
    _inherit = "client.member"

    def action_client_journal(self):
        """List what these members opened, and who previewed as them."""
        return self.env["client.access"]._open_journal([("member_id", "in", self.ids)])


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_client_journal(self):
        """List what the members of these clients opened."""
        return self.env["client.access"]._open_journal([("client_id", "in", self.ids)])


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def action_client_journal(self):
        """List who opened these records."""
        return self.env["client.access"]._open_journal([("res_model", "=", self._name), ("res_id", "in", self.ids)])

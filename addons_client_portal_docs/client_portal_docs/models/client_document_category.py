from dateutil.relativedelta import relativedelta

from odoo import fields, models


class ClientDocumentCategory(models.Model):
    """What sorts of documents there are, and what a new one of each sort begins with."""

    _name = "client.document.category"
    _description = "Document category"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    valid_months = fields.Integer(
        "Valid for (months)", help="A new document of this category is valid so long from its first day; 0: no end."
    )
    lead_days = fields.Integer("Expiring (days before)", default=30, help="From when on it counts as expiring.")
    show_history = fields.Boolean(
        "Earlier versions", help="Whether the client may open earlier versions, unless the document says otherwise."
    )

    _name_uniq = models.Constraint("unique (name)", "There is a category of this name already.")
    _months = models.Constraint("CHECK (valid_months >= 0)", "A period cannot be negative.")
    _lead = models.Constraint("CHECK (lead_days >= 0)", "A lead time cannot be negative.")

    def _valid_until(self, first):
        """Last day of the category's period.

        :param date first: its first day
        """
        return first + relativedelta(months=self.valid_months, days=-1)

"""Each kind of update from what the office does to the feed, the mail at once and the summary, in two languages.

``tables/updates.md`` says what is told of each act and who hears of it.
"""

from odoo.tests import tagged

from .update_acts import JobActs
from .update_acts_approval import ApprovalActs
from .update_acts_money import MoneyActs
from .update_kinds_common import KindsCase

# told by modules that lean on this one, in tables of their own
OTHERS = ("document_", "file_", "certificate_")


@tagged("post_install", "-at_install", "client_portal")
class TestUpdateKinds(JobActs, ApprovalActs, MoneyActs, KindsCase):
    table = "updates"

    @classmethod
    def _make_subjects(cls):
        super()._make_subjects()
        cls._make_bank()
        cls._make_jobs()
        cls._make_money()
        cls.request_type = cls.env["client.request.type"].create({"name": "Repair", "project_id": cls.project_a_two.id})

    @classmethod
    def _make_bank(cls):
        own = {"company_ids": cls.company_one.ids}
        cash, under_way = cls.env["account.account"].create(
            [
                {**own, "name": "SECRET cash", "code": "800001", "account_type": "asset_cash"},
                {**own, "name": "SECRET way", "code": "800002", "account_type": "asset_current", "reconcile": True},
            ]
        )
        cls.bank = cls.env["account.journal"].create(
            {
                "name": "SECRET bank",
                "code": "BNK7",
                "type": "bank",
                "company_id": cls.company_one.id,
                "default_account_id": cash.id,
            }
        )
        cls.bank.inbound_payment_method_line_ids.payment_account_id = under_way

    def test_every_kind_has_a_row(self):
        shown = {row["kind"]: row["line"] for row in self.told}
        kinds = self.env["client.update"]._kinds()
        own = {kind: str(told.words) for kind, told in kinds.items() if not kind.startswith(OTHERS)}
        self.assertEqual(own, shown)

    def test_feed_mail_and_summary(self):
        self.check_kinds()

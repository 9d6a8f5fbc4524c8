"""The story holds together on whichever weekday it is told, and nothing in it comes before its cause."""

from datetime import date, timedelta
from unittest.mock import MagicMock, patch

from odoo.tests import BaseCase, tagged

from ...demo import book as demo_book
from ...demo import history, quotes, world


class PaperBook(demo_book.Book):
    """A notebook that keeps names only; everything else happens on paper."""

    def __init__(self, today):
        self.env, self.today, self.born = MagicMock(), today, {}
        self.names = {"company", *(f"stage_{key}" for key in history.projects.STAGES)}
        self.names |= {f"user_{key}" for key in (*world.STAFF, *_members())}
        self.names |= {f"product_{key}" for key in world.company.PRODUCTS}
        self.names |= {f"request_{key}" for key in world.requests.KINDS}
        for client in world.CLIENTS:
            self.names |= {f"client_{client.key}", *(f"site_{client.key}_{site.key}" for site in client.sites)}
            self.names |= {f"member_{client.key}_{member.key}" for member in client.members}

    def find(self, name):
        return MagicMock() if name in self.names else None

    def keep(self, name, record):
        self.names.add(name)
        return record

    def at(self, company=None, moment=None):
        return self


def _members():
    return {member.key for client in world.CLIENTS for member in client.members}


@tagged("post_install", "-at_install")
class TestCalendar(BaseCase):
    def test_every_day_of_the_week(self):
        """A cause comes before what needs it, else `get` raises. Only the weekday of today makes a difference."""
        for number in range(7):
            today = date(2026, 3, 2) + timedelta(days=number)
            with self.subTest(today), patch.object(history, "_age"), patch.object(quotes, "_sign"):
                book = PaperBook(today)
                history.play(book, world.CLIENTS)
                self.assertIn("invoice_studio_prototypes", book.names)

    def test_steps_follow_each_other(self):
        monday = PaperBook(date(2026, 3, 2))
        moments = monday.course([(-30, "10:00"), (-2, "15:45"), (-1, "10:00")])
        self.assertEqual(moments, sorted(moments))
        self.assertEqual(moments[1].date(), date(2026, 2, 27))
        self.assertEqual(monday.day(-1), monday.day(-2), "a weekend moves both onto the Friday")

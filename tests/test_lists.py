"""Lists: what they are narrowed by, and that a file holds what the screen shows."""

import csv
import io
from datetime import date, datetime
from unittest.mock import patch
from urllib.parse import parse_qs, urlparse

import openpyxl
from lxml import html

from odoo.tests import tagged

from odoo.addons.client_portal.controllers.listing import STEP
from odoo.addons.client_portal.models.client_sheet import csv_sheet, xlsx_sheet

from .test_portal_pages import PagesCase


def by_class(node, name, tag="*"):
    """Elements below ``node`` with a class."""
    return node.xpath(f".//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def text_of(node, name):
    """Text of the first element with a class, on one line; '' without one."""
    found = by_class(node, name)
    return " ".join(found[0].text_content().split()) if found else ""


class ListsCase(PagesCase):
    def screen(self, actor, url):
        """Every row of a list, over all its pages: [(title, detail, badge)]."""
        rows, page = [], html.fromstring(self.page(actor, url).text)
        while True:
            for row in by_class(page, "cp-row", "li"):
                rows.append(tuple(text_of(row, name) for name in ("cp-row-title", "cp-muted", "cp-badge")))
            pager = by_class(page, "cp-pager")
            links = {a.text_content().strip(): a.get("href") for a in pager[0].iter("a")} if pager else {}
            number = str(len(rows) // STEP + 1)
            if len(rows) % STEP or not rows or number not in links:
                return rows
            page = html.fromstring(self.url_open(links[number]).text)

    def file(self, actor, url, kind="csv"):
        """Rows of the file that a list page links to, headings first; and the response."""
        page = html.fromstring(self.page(actor, url).text)
        link = next(
            a.get("href") for a in by_class(page, "cp-list-files")[0].iter("a") if f"download={kind}" in a.get("href")
        )
        response = self.url_open(link)
        self.assertEqual(response.status_code, 200, link)
        if kind == "csv":
            return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")))), response
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        return [list(row) for row in sheet.iter_rows(values_only=True)], response


@tagged("post_install", "-at_install")
class TestListNarrowings(ListsCase):
    def titles(self, actor, query):
        shown = self.screen(actor, f"/my/jobs?{query}")
        return {title.partition(" ")[2].rstrip(".") for title, _detail, _badge in shown}

    def test_by_site_project_and_both(self):
        at_one = {"task-a-one", "task-a-project-hidden", "task-a-company-two"}
        self.assertEqual(self.titles("administrator_a", f"site={self.site_a_one.id}"), at_one)
        project = f"project={self.project_a_whole.id}"
        self.assertEqual(self.titles("administrator_a", project), {"task-a-one", "task-a-two", "task-a-whole"})
        self.assertEqual(self.titles("administrator_a", f"{project}&site={self.site_a_one.id}"), {"task-a-one"})

    def test_by_asset(self):
        pump = self.env["client.asset"].create({"name": "Pump", "client_site_id": self.site_a_two.id})
        foreign = self.env["client.asset"].create({"name": "Birch pump", "client_site_id": self.site_b_one.id})
        self.task_a_two.client_asset_ids = pump
        self.assertEqual(self.titles("administrator_a", f"asset={pump.id}"), {"task-a-two"})
        elsewhere = self.page("site_viewer_a", f"/my/jobs?asset={pump.id}").text
        self.assertFalse("Pump" in elsewhere, "an asset of a site they do not see")
        everything = self.titles("administrator_a", "")
        self.assertEqual(self.titles("administrator_a", f"asset={foreign.id}"), everything)

    def test_by_the_day_it_was_done(self):
        self.task_a_two.write({"state": "1_done", "client_done_on": "2026-02-03"})
        self.env.flush_all()
        self.assertEqual(self.titles("administrator_a", "from=2026-02-03&to=2026-02-03"), {"task-a-two"})
        self.assertEqual(self.titles("administrator_a", "to=2026-02-02"), set())

    def test_what_is_not_ones_own_narrows_nothing_and_shows_nowhere(self):
        everything = self.titles("administrator_a", "")
        for query in (
            f"site={self.site_b_one.id}",
            f"project={self.project_b_one.id}",
            f"project={self.project_a_hidden.id}",
            "site=-1&project=1;drop&from=yesterday&to=9999-12-31&filterby=nothing&sortby=name%00",
            "site=999999999999999999&from=0001-01-01",
        ):
            with self.subTest(query):
                self.assertEqual(self.titles("administrator_a", query), everything)
                page = self.page("administrator_a", f"/my/jobs?{query}").text
                for name in ("Birch", "project-a-hidden", "SECRET"):
                    self.assertNotIn(f">{name}", page)

    def test_choices_are_ones_own(self):
        page = html.fromstring(self.page("site_viewer_a", "/my/jobs").text)
        offered = {s.get("name"): [o.text_content() for o in s.findall("option")] for s in page.findall(".//select")}
        self.assertEqual(offered["site"], ["All", "Alder Harbour"])
        projects = [self.project_a_company_two.client_name, self.project_a_one.client_name]
        self.assertEqual(offered["project"], ["All", *projects])

    def test_by_status_and_whose_turn(self):
        self.task_a_two.state = "1_done"
        self.stages[1].client_status = "waiting"
        self.task_a_whole.stage_id = self.stages[1]
        self.env.flush_all()
        for choice, expected in (
            ("completed", {"task-a-two"}),
            ("waiting", {"task-a-whole"}),
            ("in_progress", {"task-a-one", "task-a-project-hidden", "task-a-company-two"}),
            ("scheduled", set()),
        ):
            self.assertEqual(self.titles("administrator_a", f"filterby={choice}"), expected, choice)

    def test_by_words_site_and_number(self):
        self.assertEqual(self.titles("administrator_a", "search=hill"), {"task-a-two"})
        for number in (f"%23{self.task_a_two.id}", str(self.task_a_two.id)):
            self.assertEqual(self.titles("administrator_a", f"search={number}"), {"task-a-two"}, number)
        self.assertEqual(self.titles("administrator_a", f"search=%23{self.task_b_one.id}"), set())

    def test_days_are_the_readers(self):
        """A visit at 23:30 UTC on 7 March is on the 8th in Sydney; in New York the 8th has 23 hours."""
        self.task_a_one.client_visit_start = datetime(2026, 3, 7, 23, 30)
        self.env.flush_all()
        reader = self.users["administrator_a"]
        for zone, day, other in (
            ("Australia/Sydney", "2026-03-08", "2026-03-07"),
            ("America/New_York", "2026-03-07", "2026-03-08"),
        ):
            reader.tz = zone
            self.assertEqual(self.titles("administrator_a", f"from={day}&to={day}"), {"task-a-one"}, zone)
            self.assertEqual(self.titles("administrator_a", f"from={other}&to={other}"), set(), zone)
        self.task_a_one.client_visit_start = datetime(2026, 3, 9, 3, 59)  # 23:59 on the short day in New York
        self.env.flush_all()
        self.assertEqual(self.titles("administrator_a", "from=2026-03-08&to=2026-03-08"), {"task-a-one"})
        self.assertEqual(self.titles("administrator_a", "from=2026-03-09"), set())
        self.assertEqual(self.titles("administrator_a", "to=2026-03-08"), {"task-a-one"})

    def test_chips_take_one_narrowing_away_and_pages_keep_all(self):
        query = f"site={self.site_a_one.id}&from=2020-01-01&search=task&sortby=name"
        page = html.fromstring(self.page("administrator_a", f"/my/jobs?{query}").text)
        chips = {chip.text_content().split(":")[0].strip(): chip.get("href") for chip in by_class(page, "cp-chip")}
        self.assertEqual(len(chips), 2)
        left = parse_qs(urlparse(chips["Alder Harbour"]).query)
        self.assertEqual(left["from"], ["2020-01-01"])
        self.assertNotIn("site", left)
        self.assertEqual((left["search"], left["sortby"]), (["task"], ["name"]))


@tagged("post_install", "-at_install")
class TestListFiles(ListsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task_a_one.write({"client_title": '=HYPERLINK("http://x")', "client_visit_start": "2026-03-29 01:30:00"})
        cls.task_a_two.state = "1_done"
        cls.users["administrator_a"].tz = "Europe/Berlin"
        cls.env.flush_all()

    def test_file_equals_screen(self):
        for url, site_at in (
            ("/my/jobs?sortby=name", 1),
            (f"/my/jobs?site={self.site_a_one.id}&sortby=visit", 1),
            ("/my/jobs?filterby=completed", 1),
            ("/my/jobs?search=harbour", 1),
            ("/my/projects?sortby=name", 1),
            ("/my/quotes?sortby=amount", 2),
            ("/my/invoices", 2),
        ):
            shown = self.screen("administrator_a", url)
            for kind in ("csv", "xlsx"):
                with self.subTest(url, kind=kind):
                    rows, _response = self.file("administrator_a", url, kind)
                    self.assertEqual([self._plain(row[0]) for row in rows[1:]], [title for title, *_rest in shown])
                    for row, (_title, detail, badge) in zip(rows[1:], shown, strict=True):
                        self.assertIn(row[site_at] or "", detail)
                        if badge and "invoices" not in url:
                            self.assertIn(badge, row)

    @staticmethod
    def _plain(title):
        return title.removeprefix("'")

    def test_dates_and_amounts_are_real(self):
        rows, _response = self.file("administrator_a", f"/my/jobs?search=%23{self.task_a_one.id}", "xlsx")
        found = dict(zip(*rows, strict=True))
        self.assertEqual(found["Visit from"], datetime(2026, 3, 29, 3, 30), "the night the clocks go forward")
        self.assertIsInstance(found["Since"], date)
        rows, _response = self.file("administrator_a", "/my/invoices", "xlsx")
        self.assertEqual({type(row[rows[0].index("Amount")]) for row in rows[1:]} - {int, float}, set())

    def test_text_never_becomes_a_formula(self):
        rows, _response = self.file("administrator_a", f"/my/jobs?search=%23{self.task_a_one.id}")
        self.assertTrue(rows[1][0].startswith("'="))
        for text in ("=1+1", "+1", "-1", "@x", "\tx", "\rx"):
            made = csv_sheet("x", ["A"], [[text]]).decode("utf-8-sig")
            self.assertIn(f"'{text}", made)
            sheet = openpyxl.load_workbook(io.BytesIO(xlsx_sheet("a/b", ["A"], [[text]]))).active
            self.assertEqual(sheet["A2"].data_type, "s", text)
        self.assertIn("\r\n-5.5\r\n", csv_sheet("x", ["A"], [[-5.5]]).decode("utf-8-sig"), "a number stays one")

    def test_nothing_of_others(self):
        for actor in ("site_viewer_a", "both", "administrator_b"):
            rows, response = self.file(actor, "/my/jobs")
            titles = " ".join(row[0] for row in rows)
            self.assertEqual("Birch" in titles, actor != "site_viewer_a", actor)
            self.assertEqual("Alder" in titles, actor != "administrator_b", actor)
            self.assertNotIn("SECRET", response.content.decode("utf-8-sig"))
        self.assertEqual(self.page("billing_a", "/my/jobs?download=csv").status_code, 404)
        self.assertEqual(self.page("viewer_a", "/my/invoices?download=xlsx").status_code, 404)

    def test_members_of_several_clients_read_whose(self):
        rows, _response = self.file("both", "/my/jobs")
        self.assertEqual(rows[0][1], "Client")
        self.assertEqual({row[1] for row in rows[1:]}, {"Alder Estates", "Birch Estates"})
        rows, _response = self.file("both", f"/my/jobs?client={self.client_b.id}")
        self.assertEqual({row[1] for row in rows[1:]}, {"Birch Estates"})

    def test_a_list_that_is_too_long_says_so(self):
        self.env["ir.config_parameter"].set_param("client_portal.export_rows", "2")
        response = self.page("administrator_a", "/my/jobs?download=csv")
        self.assertIn("text/html", response.headers["Content-Type"])
        self.assertIn("narrow it to", response.text)
        self.assertNotIn("download=csv", response.text)

    def test_it_is_journalled(self):
        rows = []
        with patch.object(type(self.env["client.access"]), "_later", lambda _self, row: rows.append(row)):
            _rows, response = self.file("administrator_a", "/my/jobs")
            self.file("both", "/my/quotes")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("Jobs", response.headers["Content-Disposition"])
        self.assertEqual(
            [(row["kind"], row["res_model"], row["res_id"], row["client_id"]) for row in rows],
            [
                ("list", "project.task", 0, self.client_a.id),
                ("list", "sale.order", 0, self.client_a.id),
                ("list", "sale.order", 0, self.client_b.id),
            ],
        )
        row = self.env["client.access"]._append(rows[:1])
        self.assertEqual((row.client_id, row.member_id), (self.client_a.id, self.members["administrator_a"].id))
        self.assertEqual(row.with_env(self.as_user("manager")).record_name, "List: Jobs")
        shown = self.as_user("administrator_a")["client.access"]._client_days(self.client_a.ids, 80)[0]["rows"][0]
        self.assertEqual((shown["title"], shown["what"]), ("Jobs", "downloaded the list"))

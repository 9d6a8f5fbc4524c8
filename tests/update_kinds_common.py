"""What the tests of kinds of update share: everything is done once, then feeds and mails are held against a table."""

import re
from unittest.mock import patch

from odoo.tools.translate import code_translations

from ..models import client_notification_letter as letter
from ..models.client_member_preferences import PREFERENCES
from .notification_common import NotificationCase
from .truth import ALLOW, table
from .update_acts_money import TeamActs

EYES = ("viewer_a", "approver_a", "billing_a", "administrator_a", "site_viewer_a", "revoked", "administrator_b")
# of a line in a mail: what it says, and the key of the link below it
LINE = re.compile(r"^\* (.+)\n(?:.*\n){1,3}?https?://\S+/my/link/([\w-]+)$", re.M)
# reads French, in a summary
FRENCH = "both"
LANGUAGES = {"en_US": "line", "fr_FR": "ligne"}
# whose access ends between the act and the mail
LEAVING = ("leaver", "mover")


class KindsCase(TeamActs, NotificationCase):
    """A class that names its ``table`` in tests/tables and has a method for each of its kinds."""

    table, module = "", "client_portal"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.told = table(cls.table)
        cls.terms = {row["line"]: row["ligne"] for row in cls.told}
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.users[FRENCH].lang = "fr_FR"
        for company in cls.companies:
            cls.client_a.with_company(company).client_company_ids |= company
        cls.env["client.approval"].search([]).date_expires = False
        cls._make_team()
        cls._make_subjects()
        cls._choose_paces()
        cls.env.flush_all()
        cls.env.cr.execute("DELETE FROM client_notification_queue")

    @classmethod
    def _make_subjects(cls):
        """What the acts are about."""

    @classmethod
    def _choose_paces(cls):
        """Those of the table at once, a French reader in a summary, the others nothing."""
        pace = {"both_a": "daily", "mover": "daily", **dict.fromkeys((*EYES, "leaver"), "now")}
        for name, member in cls.members.items():
            member.write(dict.fromkeys(PREFERENCES, pace.get(name, "never")))

    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(letter, "LINES", 500))
        self.enterContext(patch.object(letter, "ALIKE", 500))
        found = code_translations.get_python_translations

        def translated(module, lang):
            return self.terms if (module, lang) == (self.module, "fr_FR") else found(module, lang)

        self.enterContext(patch.object(code_translations, "get_python_translations", translated))
        self.first = self.env["client.update"].search([], order="id desc", limit=1).id

    def act(self):
        """Do everything once; {kind: values}."""
        values = {}
        with self.mock_mail_gateway():
            for row in self.told:
                values[row["kind"]] = getattr(self, row["kind"])()
                self.env.flush_all()
        return values

    def sentence(self, row, lang, values):
        """What a row says in a language."""
        plain = {name: value for name, value in values.items() if name not in LANGUAGES}
        return one_line(row[LANGUAGES[lang]] % (plain | values.get(lang, {})))

    def feed(self, actor):
        """{title of what came since, as somebody's feed has it: the updates that say so}."""
        updates = self.as_user(actor)["client.update"].with_context(lang=self.users[actor].lang)
        found = updates.search([("id", ">", self.first)])
        rows = {row["id"]: row for row in found._client_rows()}
        return found.grouped(lambda update: one_line(rows[update.id]["title"]))

    def told_otherwise(self, actor, kind):
        """Whether another mail told somebody of a kind."""
        return (kind, "skipped", "told") in self.states(actor)

    def check_kinds(self):
        """Do everything; who is told what in which words, and that nobody is whose access ends before the mail."""
        values = self.act()
        self.run_job()
        self.assertTrue(self.rows("leaver") and self.rows("mover"))
        self.members["leaver"].active = False
        self.members["mover"].write({"all_sites": False, "site_ids": self.site_a_one.ids})
        at_once, summary = self.mailed(), self.mailed(hours=24)
        mails = {actor: texts(at_once.get(actor, ())) for actor in EYES}
        mails[FRENCH] = texts(summary.get(FRENCH, ()))
        links = {actor: links_of(at_once.get(actor, ())) for actor in EYES}
        feeds = {actor: self.feed(actor) for actor in mails}
        for row in self.told:
            with self.subTest(kind=row["kind"]):
                self.check_row(row, values[row["kind"]], feeds, mails)
                self.check_links(self.sentence(row, "en_US", values[row["kind"]]), feeds, mails, links)
        self.assertNotIn("SECRET", str(mails))
        self.assertNotIn(self.users["manager"].name, str(mails), "no client reads the name of who did it in the office")
        self.assertFalse({"revoked", "administrator_b", *LEAVING} & {*at_once, *summary})
        for actor in LEAVING:
            self.assertEqual({state[1:] for state in self.states(actor)}, {("skipped", "access")})
            self.assertFalse(self.feed(actor))

    def check_row(self, row, values, feeds, mails):
        said, ligne = (self.sentence(row, lang, values) for lang in LANGUAGES)
        for actor in EYES:
            allowed = row[actor] == ALLOW
            self.assertEqual(said in feeds[actor], allowed, f"{actor} reads {said}")
            told = said in mails[actor] or self.told_otherwise(actor, row["kind"])
            self.assertEqual(told, allowed, f"mail to {actor}: {said}")
        self.assertIn(ligne, feeds[FRENCH])
        self.assertTrue(ligne in mails[FRENCH] or self.told_otherwise("both_a", row["kind"]), ligne)

    def check_links(self, said, feeds, mails, links):
        """Whoever a mail tells is led to that very record, by a link of their own and for their eyes alone."""
        self.assertTrue(any(said in mails[actor] for actor in EYES), f"nobody was mailed: {said}")
        for actor in EYES:
            if said not in mails[actor]:
                continue
            link = self.env["client.link"]._alive(links[actor].get(said, ""))
            self.assertEqual(link.member_id, self.members[actor], f"{said}: the link of {actor}")
            told = feeds[actor][said]
            about = {(update.res_model, update.res_id) for update in told}
            if link.res_model == "client.member":  # people come and go, their team stays
                self.assertEqual({model for model, _record in about}, {"client.member"})
                self.assertEqual(link._target(), self.members[actor])
            else:
                self.assertIn((link.res_model, link.res_id), about)
                self.assertTrue(self.env["client.door"]._sees(self.users[actor], link._target()))
            self.assertIn(link._address().partition("#")[0], {u._client_url().partition("#")[0] for u in told})


def one_line(text):
    return " ".join(text.split())


def links_of(mails):
    """{what a line says: the key of its link} of mails."""
    found = {}
    for mail in mails:
        found.update({one_line(words): key for words, key in LINE.findall(mail["body_alternative"])})
    return found


def texts(mails):
    """The plain words of mails."""
    return " ".join(one_line(mail["body_alternative"]) for mail in mails)

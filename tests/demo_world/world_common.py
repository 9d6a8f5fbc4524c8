"""Walking through the demo world as its people do, in a browser without scripts."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import html

from odoo.tests import HttpCase

from ...demo import story_gardens, story_grounds, story_studio
from ...demo.book import Book

# never followed: files, ways out, stock's own account pages
# and lists narrowed twice: their rows are those of lists narrowed once
NOT_WALKED = re.compile(
    r"&|report_type|download|/proof$|/zip$|/my/(security|account|address|deactivate|payment)|/pay(\?|$)|/web/"
)
# what no page of any client may hold: internal notes and prices, drafts, addresses of the staff
INTERNAL = (
    "INTERNAL:",
    "(internal)",
    "margin",
    "subbie",
    "4,999.99",
    "@oakline.example",
    "Pellworth",
    "to be checked by Beth",
)


class WorldCase(HttpCase):
    """The demo world as it stands in this database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book = Book(cls.env)
        built = cls.env["ir.model.data"].search([("module", "=", "__client_portal_demo__"), ("name", "=", "complete")])
        assert built, "There is no demo world here: make test builds one."
        age = cls.book.today - built.create_date.date()
        assert age.days < 2, "The demo world is some days old and its dates have moved on: FRESH=1 builds a new one."

    def user(self, key):
        return self.book.get(f"user_{key}")

    def as_user(self, key):
        """Environment as a request of this person would have it."""
        user = self.user(key)
        return self.env(user=user.id, su=False, context={"lang": "en_US", "tz": user.tz})

    def page(self, url):
        """One page of whoever is signed in, as (status, lxml document)."""
        response = self.url_open(url)
        return response.status_code, html.fromstring(response.text)

    def text(self, url):
        return " ".join(self.page(url)[1].text_content().split())

    def tiles(self):
        """The numbers on the workspace of whoever is signed in: {label: (value, note)}."""
        tiles = {}
        for tile in self.page("/my")[1].find_class("cp-tile"):
            value, label, note = (" ".join(part.text_content().split()) for part in tile.iterchildren())
            tiles[label] = (int(value), note)
        return tiles

    def recent(self):
        """The updates on the workspace of whoever is signed in: {sentence: what stands below it}."""
        lines = {}
        for line in self.page("/my")[1].find_class("cp-update"):
            words, below = line.find_class("cp-row-title"), line.find_class("cp-muted")
            lines[words[0].text_content().strip()] = " ".join(below[0].text_content().split()) if below else ""
        return lines

    def conversation(self, record):
        """What the page's own conversation shows of a record, as text."""
        arguments = {"thread_model": record._name, "thread_id": record.id, "fetch_params": {"limit": 30}}
        return str(self.make_jsonrpc_request("/mail/chatter_fetch", arguments))

    def walk(self, key, limit=500):
        """Every page that can be reached by links from /my: {address: source}."""
        self.authenticate(key, key)
        seen, todo = {}, ["/my"]
        while todo and len(seen) < limit:
            url = todo.pop(0)
            if url in seen:
                continue
            response = self.url_open(url)
            seen[url] = response.text
            for link in html.fromstring(response.text).xpath("//a/@href"):
                parts = urlsplit(urljoin(url, link))
                address = parts.path + (f"?{parts.query}" if parts.query else "")
                if not parts.netloc and parts.path.startswith("/my") and not NOT_WALKED.search(address):
                    todo.append(address)
        self.assertLess(len(seen), limit, "the walk did not end")
        return seen

    def walk_alone(self, key):
        """The walk of somebody of North Metro Grounds, on which nothing of another client or of the staff stands."""
        pages = self.walk(key)
        self.assertGreater(len(pages), 5)
        self.assert_silent(pages, telling_words(GARDENS) | telling_words(STUDIO))
        self.assert_silent(pages, INTERNAL)
        return pages

    def assert_silent(self, pages, words):
        """None of the words on any of the pages."""
        found = [(url, word) for url, source in pages.items() for word in words if word in source]
        self.assertFalse(found)


def telling_words(client):
    """Names, titles and amounts that give a client away when they stand on somebody else's page.

    :param words.Client client: whose
    :rtype: set[str]
    """
    words = {client.name, client.street, client.email_domain}
    words |= {name for site in client.sites for name in (site.name, site.street)}
    words |= {member.name for member in client.members if member.key != "noor"}
    words |= {title for job in client.jobs for title in (job.name, job.title) if title}
    words |= {
        title.split("{")[0].strip() for project in client.projects for title in (project.name, project.title) if title
    }
    words |= {quote.title for quote in client.quotes}
    words |= {f"{line[3]:,.2f}" for quote in client.quotes for line in quote.lines}
    words |= {f"{invoice.amount:,.2f}" for invoice in client.invoices}
    return words | {talk.text[:40] for talk in client.talk}


GROUNDS, GARDENS, STUDIO = story_grounds.CLIENT, story_gardens.CLIENT, story_studio.CLIENT

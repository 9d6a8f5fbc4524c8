"""The demo world: Oakline Field Services and a year of work for three clients.

`build(env)` makes it on any database that has the suite, through the ORM, and does nothing the second time.
"""

import logging
import time

from . import company, history, notices, people, projects, requests, sites, story_gardens, story_grounds, story_studio
from .book import Book
from .company import STAFF

_logger = logging.getLogger(__name__)

CLIENTS = (story_grounds.CLIENT, story_gardens.CLIENT, story_studio.CLIENT)
JOINED = -360  # day the clients were invited, before anything else happened

# (login, password, who it is), in the order a visitor should try them
LOGINS = [
    ("dana", "dana", "Dana Price, North Metro Grounds: Approver, all sites"),
    ("luca", "luca", "Luca Brandt, North Metro Grounds: Viewer, Coastal Reserve only"),
    ("amira", "amira", "Amira Sato, North Metro Grounds: Billing"),
    ("helen", "helen", "Helen Okafor, North Metro Grounds: Administrator"),
    ("noor", "noor", "Noor Haddad, property manager: member of two clients"),
    ("pryce", "pryce", "Dana Pryce, North Metro Gardens (the look-alike): Approver"),
    ("isla", "isla", "Isla Finch, Harbour & Finch Studio: Administrator"),
    ("priya", "priya", "Priya Nair, was a member of North Metro Grounds and is no longer"),
    *((key, key, f"{name}, Oakline staff: {function.lower()}") for key, (name, function, _groups) in STAFF.items()),
    ("admin", "admin", "Odoo's own administrator"),
]


def build(env):
    """Make the demo world, or leave it as it is when it is there.

    :param env: Odoo environment; everything is done as the superuser, the caller commits
    """
    book = Book(env(su=True))
    if book.find("complete"):
        return
    started = time.monotonic()
    oakline = company.build(book)
    book = book.at(oakline, book.past(JOINED, "09:00"))
    for client in CLIENTS:
        people.build(book, client)
        sites.build(book, client)
        people.invite(book, client)
    projects.stages(book)
    requests.build(book)
    history.play(book, CLIENTS)
    notices.build(book, CLIENTS)
    book.keep("complete", oakline)
    _logger.info("The demo world was built in %.1f s", time.monotonic() - started)

"""The shapes a client's story is written in (see the story_*.py files), without any Odoo in them.

A day is a number of days from today: -1 is yesterday, 0 today. Days that fall on a weekend move to the nearest
working day on the same side of today. A clock is the operator's local time, "HH:MM".
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """One place of a client; `at` is (latitude, longitude), so that pages may draw it on a map."""

    key: str
    name: str
    street: str
    at: tuple
    access: str = ""  # how to get in
    contact: tuple = ()  # (name, phone) of whom to ask there


@dataclass(frozen=True)
class Asset:
    """A thing at a site; `jobs` are keys of what was done on it."""

    key: str
    site: str
    name: str
    kind: str
    serial: str = ""
    installed: int | None = None  # day
    due: int | None = None  # day
    note: str = ""
    jobs: tuple = ()


@dataclass(frozen=True)
class Agreement:
    """What a client has ordered for a period; `sites` empty means everywhere, `covers` is ((what, how often), …)."""

    key: str
    name: str
    project: str
    starts: int  # day
    ends: int  # day
    summary: str
    covers: tuple
    sites: tuple = ()


@dataclass(frozen=True)
class Correction:
    """What a member says of a site that staff have wrong; `answer` is ("accepted",) or ("refused", reason)."""

    who: str
    day: int
    clock: str
    site: str
    values: dict
    note: str = ""
    answer: tuple = ()


@dataclass(frozen=True)
class Member:
    """One login of a client; `sites` empty means all of them. `then` is what became of it later."""

    key: str
    name: str
    function: str
    role: str  # last part of the XML id: viewer, requester, approver, billing, administrator
    sites: tuple = ()
    then: str = "active"  # active, invited, suspended, removed


@dataclass(frozen=True)
class Milestone:
    name: str
    day: int
    reached: bool = False


@dataclass(frozen=True)
class Told:
    """A project update. Name and notes are internal; without a text it was never published."""

    day: int
    status: str  # on_track, at_risk, off_track, on_hold, done
    progress: int
    name: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Project:
    key: str
    name: str  # as staff call it
    title: str = ""  # as the client reads it, when that differs
    summary: str = ""
    site: str = ""  # when the whole project is at one site
    starts: int = -300
    ends: int = 60
    milestones: tuple = ()
    published: bool = True
    told: tuple = ()
    shows_manager: bool = False
    shows_people: bool = False  # whether the client reads who comes


@dataclass(frozen=True)
class Asked:
    """That a job began as a request; `kind` is a key of requests.KINDS."""

    who: str
    kind: str
    text: str
    urgency: str = ""


@dataclass(frozen=True)
class Job:
    """One task. `path` is ((stage, day, clock), …) in order of time; stages are the keys of projects.STAGES."""

    key: str
    project: str
    site: str
    name: str  # as staff call it
    path: tuple
    title: str = ""  # as the client reads it, when that differs
    summary: str = ""
    notes: str = ""  # internal description, never for the client
    visit: tuple = ()  # (day, from, until)
    moved: tuple = ()  # (day, clock, visit): when a visit was moved, and to what
    confirm: tuple = ()  # (day, clock): when the client was asked to confirm the visit
    sign_off: bool = False  # whether the client signs the finished work off
    result: str = ""  # what was done, for the client
    readings: tuple = ()  # (what, value), …
    publish: str = "auto"
    quote: str = ""  # key of the quote it was sold on
    milestone: str = ""
    parent: str = ""
    asked: Asked | None = None


@dataclass(frozen=True)
class Quote:
    """A sale order. `lines` are (product, words, quantity, unit price); `project` is where the work happens."""

    key: str
    title: str
    site: str
    sent: int  # day it was sent; drafts are written on that day and never sent
    lines: tuple
    valid: int = 30  # day it is valid until
    confirmed: int | None = None
    declined: int | None = None
    draft: bool = False
    project: str = ""
    varies: str = ""
    extras: tuple = ()  # lines like those above that the client may choose; none of them is chosen yet
    reason: str = ""  # of a variation, for the client
    days: int = 0  # by which it makes the work longer
    note: str = ""
    number: int = 1  # of a variation: the how-manieth of its order
    option_of: str = ""  # the quote beside which the client may choose this one
    signs: str = ""  # member who approved it in the portal, with evidence; the quote must be valid still
    clock: str = "11:05"  # when it was sent


@dataclass(frozen=True)
class Invoice:
    """A customer invoice for lines of a quote, or a credit note for an invoice (`credits`)."""

    key: str
    quote: str
    day: int
    words: str
    amount: float
    quantity: float = 1
    due: int | None = None  # 30 days after the invoice date unless said
    paid: int | None = None
    credits: str = ""
    draft: bool = False


@dataclass(frozen=True)
class Talk:
    """One message on a job (`on`); `internal` ones are staff notes that no client may ever read."""

    on: str
    day: int
    clock: str
    who: str
    text: str
    internal: bool = False
    question: bool = False  # asked with a promised answer


@dataclass(frozen=True)
class Client:
    """Everything there is to tell about one client."""

    key: str
    name: str
    street: str
    email_domain: str
    phone: str
    badge: str  # letters on its logo
    colour: str
    contact: str  # key of the staff member who looks after it
    sites: tuple
    members: tuple
    projects: tuple
    jobs: tuple
    quotes: tuple
    invoices: tuple
    talk: tuple
    assets: tuple = ()
    agreements: tuple = ()
    corrections: tuple = ()
    note: str = ""  # internal note on the partner


def done(key, project, site, name, day, **more):
    """A job that ran its whole course and was completed on `day`.

    :param int day: the day of the visit and of completion (negative)
    :rtype: Job
    """
    lead = more.pop("lead", 12)
    clock = more.pop("clock", "15:30")
    visit = more.pop("visit", (day, "07:30", "15:00"))
    path = (
        ("new", day - lead, "09:10"),
        ("planned", day - lead + 3, "11:20"),
        ("on_site", visit[0], "07:45"),
        ("done", day, clock),
    )
    return Job(key, project, site, name, path, visit=visit, **more)


def planned(key, project, site, name, asked, visit, **more):
    """A job with a date: asked for on one day, put into the plan two days later (or the same day).

    :param int asked: day it was asked for (negative)
    :param tuple visit: (day, from, until)
    :rtype: Job
    """
    path = (("new", asked, "10:05"), ("planned", min(asked + 2, 0 if asked == 0 else -1), "14:40"))
    return Job(key, project, site, name, path, visit=visit, **more)

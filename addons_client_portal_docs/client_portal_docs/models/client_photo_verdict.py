"""Whether a photo can be what it is said to be. Plain values in, plain values out; knows nothing of Odoo."""

import math
from datetime import timedelta

EARTH = 6_371_000  # metres
VAGUEST = 100  # metres of inaccuracy that count in favour of a photo
SLACK = timedelta(hours=2)  # before and after a visit
DAY = timedelta(hours=12)  # a visit without an end
AHEAD = timedelta(hours=1)  # a clock may be so far ahead of ours
ZONES = timedelta(hours=14)  # a clock without a time zone may be off by so much more


def distance(one, other):
    """Metres between two (latitude, longitude)."""
    (lat_a, lon_a), (lat_b, lon_b) = ([math.radians(angle) for angle in place] for place in (one, other))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1, half)))


def place(taken, accuracy, site, radius):
    """Where a photo was taken, held against its site.

    :param tuple taken: (latitude, longitude) or None
    :param float accuracy: metres
    :param tuple site: (latitude, longitude) or None
    :param float radius: metres around the site that are the site
    :return: ('site' | 'away' | 'unknown', metres or None)
    """
    if not taken or not site:
        return "unknown", None
    metres = distance(taken, site)
    return ("site" if metres - min(accuracy or 0, VAGUEST) <= radius else "away"), metres


def time(taken, visit, stage=""):
    """When a photo was taken, held against the visit of its job.

    :param datetime taken: or None
    :param tuple visit: (start, end) of which the end may be missing, or None
    :param str stage: 'before' may be earlier than the visit
    :return: 'visit', 'before', 'outside' or 'unknown'
    """
    if not taken or not visit or not visit[0]:
        return "unknown"
    start, end = visit[0] - SLACK, (visit[1] or visit[0] + DAY) + SLACK
    if start <= taken <= end:
        return "visit"
    return "before" if stage == "before" and taken < start else "outside"


def impossible(taken, handed_in, told_by):
    """Whether a photo says it was taken after it came in."""
    if not taken or not handed_in:
        return False
    return taken > handed_in + AHEAD + (ZONES if told_by == "clock" else timedelta())


def verdict(where, when, future=False):
    """What the two come to.

    :param str where: see ``place``
    :param str when: see ``time``
    :param bool future: see ``impossible``
    :return: 'conflict', 'both', 'place', 'time' or 'unknown'
    """
    if future or where == "away" or when == "outside":
        return "conflict"
    if where == "site" and when == "visit":
        return "both"
    if where == "site":
        return "place"
    return "time" if when == "visit" else "unknown"

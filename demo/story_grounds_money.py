"""What North Metro Grounds bought and paid: 3 open quotes, 1 open and 1 overdue invoice, the rest settled."""

from .words import Invoice, Quote

QUOTES = (
    Quote(
        "yearly",
        "Grounds maintenance, yearly programme",
        "",
        -352,
        (("upkeep", "Grounds maintenance, all four sites, per month", 12, 4275.50),),
        valid=-330,
        confirmed=-346,
        project="maintenance",
    ),
    Quote(
        "access",
        "Coastal access remediation",
        "reserve",
        -171,
        (
            ("design", "Survey, access audit and design", 1, 8400.00),
            ("civil", "Northern track: regrading, culverts, fencing", 1, 26850.00),
            ("civil", "Boardwalk handrails and platform decking", 1, 21300.00),
        ),
        valid=-150,
        confirmed=-162,
        project="access",
    ),
    Quote(
        "lighting",
        "LED lighting, promenade",
        "pier",
        -310,
        (("electric", "LED lamp heads with dusk sensor", 16, 212.00), ("crew", "Crew with lift, days", 2, 940.00)),
        valid=-290,
        confirmed=-305,
    ),
    Quote(
        "swing",
        "New swing set",
        "hill",
        -266,
        (("civil", "Swing set with two seats, supplied and installed", 1, 5480.00),),
        valid=-240,
        declined=-251,
    ),
    Quote(
        "pole",
        "Light pole repair, gate 2",
        "eastgate",
        -97,
        (("electric", "Replace pole foot and cable joint", 1, 1865.00),),
        valid=-70,
        confirmed=-94,
        project="maintenance",
    ),
    Quote(
        "roof",
        "Depot roof coating",
        "eastgate",
        -63,
        (("civil", "Roof coating, two sheds", 1, 11240.00),),
        valid=-33,
    ),
    Quote(
        "pruning",
        "Reserve pruning package",
        "reserve",
        -24,
        (("tree", "Pruning of 42 trees to ANSI A300, per tree", 42, 145.00), ("tree", "Mulching on site", 1, 680.00)),
        valid=5,
        confirmed=-20,
        project="access",
    ),
    Quote(
        "drainage",
        "Winter drainage, Eastgate depot",
        "eastgate",
        -10,
        (("civil", "Slot drain along the loading bay, 38 m", 38, 145.00), ("crew", "Traffic control, days", 1, 800.00)),
        valid=20,
    ),
    Quote(
        "softfall",
        "Playground soft-fall renewal, Hill St park",
        "hill",
        -6,
        (("civil", "Rubber soft-fall, 158 m²", 158, 62.50),),
        extras=(
            ("civil", "Shade sail over the swings", 0, 2380.00),
            ("civil", "Bench with back rest", 0, 645.00),
        ),
        valid=12,
    ),
    Quote(
        "variation",
        "Coastal access remediation",
        "reserve",
        -3,
        (
            ("civil", "Step-free ramp to the lower viewing platform", 1, 14600.00),
            ("design", "Engineer's certificate", 1, 1320.00),
            ("crew", "Additional crew days", 2, 1250.00),
        ),
        valid=4,
        project="access",
        varies="access",
        reason="The access audit asks for a step-free way to the lower platform as well.",
        days=6,
        note="Work already approved goes on meanwhile.",
    ),
    Quote(
        "secret",
        "Next year's programme (draft, not agreed with the boss)",
        "",
        -5,
        (("upkeep", "Grounds maintenance, per month, draft price", 12, 4999.99),),
        valid=25,
        draft=True,
    ),
)


def _monthly(number, day, paid, **more):
    """The invoice for one month of the yearly programme."""
    words = f"Grounds maintenance, month {number} of 12"
    return Invoice(f"month{number}", "yearly", day, words, 4275.50, paid=paid, **more)


INVOICES = (
    _monthly(1, -315, -290),
    Invoice("lighting", "lighting", -302, "LED lighting, promenade", 5272.00, paid=-270),
    _monthly(2, -285, -262),
    _monthly(3, -254, -228),
    _monthly(4, -224, -190),
    _monthly(5, -193, -171),
    _monthly(6, -163, -131),
    Invoice("design", "access", -148, "Coastal access: survey, audit and design", 8400.00, paid=-120),
    _monthly(7, -132, -109),
    Invoice("credit", "yearly", -96, "Mowing round missed at Hill St park", 350.00, credits="month8"),
    _monthly(8, -102, -77),
    Invoice("pole", "pole", -85, "Light pole repair, gate 2", 1865.00, paid=-60),
    _monthly(9, -70, -44),
    Invoice("track", "access", -69, "Coastal access: northern track", 26850.00, paid=-36),
    _monthly(10, -39, None, due=-9),
    Invoice("platform", "access", -13, "Coastal access: platform decking, first half", 9650.00, due=17),
    Invoice("draft", "pruning", -1, "Pruning package, to be checked by Beth (draft)", 6770.00, draft=True),
)

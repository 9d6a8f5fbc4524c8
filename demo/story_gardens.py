"""North Metro Gardens: a client whose names and numbers look like those of North Metro Grounds.

On purpose: should one ever see the other's records, a person looking at the page notices.
"""

from .words import Asset, Client, Invoice, Job, Member, Milestone, Project, Quote, Site, Talk, done, planned

SITES = (
    Site("preserve", "Coastal Preserve", "91 Shore Road", (43.6198, -70.2131)),
    Site("yard", "Eastgate yard", "41 Eastgate Way", (43.6741, -70.2419)),
    Site("rise", "Hill Rise park", "210 Hill Street", (43.6597, -70.2788)),
    Site("pier5", "Pier 5", "5 Harbour Wharf", (43.6583, -70.2441)),
)

MEMBERS = (
    Member("pryce", "Dana Pryce", "Gardens manager", "approver"),
    Member("lucas", "Lucas Brand", "Ranger, Coastal Preserve", "viewer", ("preserve",)),
    Member("amir", "Amir Soto", "Accounts payable", "billing"),
    Member("ellen", "Ellen Okoro", "Head of facilities", "administrator"),
)

PROJECTS = (
    Project(
        "promenade",
        "NMX-07 Coastal stairs",
        "Coastal stairs remediation",
        "New stairs and handrails between the dunes and the beach of Coastal Preserve.",
        "preserve",
        -165,
        49,
        (Milestone("Stairs design agreed", -130, True), Milestone("Lower flight open", 9), Milestone("Handover", 41)),
    ),
    Project(
        "upkeep",
        "NMX-01 Gardens upkeep",
        "Gardens upkeep {year}",
        "The yearly programme for the four gardens.",
        "",
        -350,
        25,
        (Milestone("Half-year walk-round", -160, True), Milestone("Year-end walk-round", 15)),
    ),
)

JOBS = (
    done("survey", "promenade", "preserve", "Stairs survey and access audit", -149),
    done("netting", "promenade", "preserve", "Erosion control netting", -126),
    done("treads", "promenade", "preserve", "Upper flight treads replaced", -72),
    done("pruning", "promenade", "preserve", "Preserve pruning package", -2, clock="16:10", quote="pruning"),
    done("inspection", "upkeep", "rise", "Tree survey, Hill Rise", -333),
    done("lamps", "upkeep", "pier5", "Lamp check, Pier 5 promenade", -311),
    done("gutters", "upkeep", "yard", "Gutter clearing, yard sheds", -292),
    done("climbing", "upkeep", "rise", "Climbing frame safety inspection", -274),
    done("lawn", "upkeep", "rise", "Lawn renovation, rose circle", -201),
    done("ferns", "upkeep", "preserve", "Bracken control, dune edge", -184),
    done("box", "upkeep", "rise", "Box hedge trimming", -139),
    done("gate", "upkeep", "yard", "Sliding gate repair", -86),
    done("compost", "upkeep", "rise", "Compost for rose beds", -64),
    done("gully", "upkeep", "yard", "Yard gully clearing", -45),
    planned("rails", "promenade", "preserve", "Stair handrails, 68 m steel", -20, (9, "07:30", "16:00")),
    Job(
        "landing",
        "promenade",
        "preserve",
        "Beach landing decking",
        (("new", -29, "09:00"), ("planned", -22, "10:30"), ("on_site", -1, "08:10")),
        visit=(0, "08:00", "15:00"),
    ),
    Job(
        "colour",
        "promenade",
        "preserve",
        "Handrail colour",
        (("new", -27, "11:15"), ("planned", -23, "16:10"), ("client", -5, "10:25")),
        summary="Please choose a colour for the steel handrails: moss green or graphite.",
    ),
    planned("sprinklers", "upkeep", "yard", "Sprinkler check", -8, (1, "10:00", "12:00")),
    Job("lock", "upkeep", "pier5", "Vandalised kiosk lock", (("new", -1, "10:15"),)),
    Job("fair", "upkeep", "rise", "Flower fair fencing", (("new", -33, "10:10"), ("cancelled", -21, "15:20"))),
    Job("margin", "upkeep", "rise", "Gardens margin check (internal)", (("new", -7, "17:10"),), publish="no"),
)

QUOTES = (
    Quote(
        "yearly",
        "Gardens upkeep, yearly programme",
        "",
        -349,
        (("upkeep", "Gardens upkeep, four gardens, per month", 12, 4257.50),),
        valid=-320,
        confirmed=-341,
        project="upkeep",
    ),
    Quote(
        "stairs",
        "Coastal stairs remediation",
        "preserve",
        -168,
        (
            ("design", "Survey and stair design", 1, 8040.00),
            ("civil", "Stairs, two flights", 1, 26580.00),
        ),
        valid=-150,
        confirmed=-159,
        project="promenade",
    ),
    Quote(
        "pruning",
        "Preserve pruning package",
        "preserve",
        -23,
        (("tree", "Pruning of 24 trees to ANSI A300, per tree", 24, 154.00),),
        valid=6,
        confirmed=-19,
        project="promenade",
    ),
    Quote(
        "drainage",
        "Winter drainage, Eastgate yard",
        "yard",
        -9,
        (
            ("civil", "Slot drain along the potting sheds, 36 m", 36, 154.00),
            ("crew", "Traffic control, days", 1, 586.00),
        ),
        valid=19,
    ),
    Quote(
        "variation",
        "Coastal stairs remediation",
        "preserve",
        -4,
        (("civil", "Step-free ramp beside the lower flight", 1, 18240.00),),
        valid=5,
        project="promenade",
        varies="stairs",
        reason="The lower flight cannot be made step-free; a ramp beside it can.",
        days=8,
    ),
)


def _monthly(number, day, paid, **more):
    """The invoice for one month of the yearly programme."""
    return Invoice(f"month{number}", "yearly", day, f"Gardens upkeep, month {number} of 12", 4257.50, paid=paid, **more)


INVOICES = (
    _monthly(1, -310, -288),
    _monthly(2, -280, -258),
    _monthly(3, -250, -226),
    _monthly(4, -220, -192),
    _monthly(5, -190, -170),
    _monthly(6, -160, -133),
    Invoice("design", "stairs", -147, "Coastal stairs: survey and design", 8040.00, paid=-118),
    _monthly(7, -130, -107),
    _monthly(8, -100, -75),
    _monthly(9, -68, -42),
    Invoice("flight", "stairs", -65, "Coastal stairs: upper flight", 13290.00, paid=-34),
    _monthly(10, -38, None, due=-8),
    Invoice("lower", "stairs", -12, "Coastal stairs: lower flight, first half", 9560.00, due=18),
)

TALK = (
    Talk("pruning", -2, "16:25", "mira", "Preserve done, 24 trees. The rose circle is open again."),
    Talk("pruning", -1, "08:15", "pryce", "Lovely work at the Preserve, thank you."),
    Talk("colour", -5, "10:30", "tamsin", "The two samples are at the Preserve kiosk."),
    Talk("lock", -1, "10:40", "amir", "The Pier 5 kiosk has to stay closed until then."),
    Talk("gully", -44, "09:00", "jonas", "INTERNAL: Gardens pays more per hour than Grounds.", internal=True),
)

CLIENT = Client(
    key="gardens",
    name="North Metro Gardens",
    street="21 Civic Square",
    email_domain="northmetrogardens.example",
    phone="+1 207 555 0124",
    badge="NM",
    colour="#7a4f9f",
    contact="tamsin",
    sites=SITES,
    members=MEMBERS,
    projects=PROJECTS,
    jobs=JOBS,
    quotes=QUOTES,
    invoices=INVOICES,
    talk=TALK,
    assets=(
        Asset("roses", "rise", "Rose circle", "Lawn", "", -330, 60, jobs=("lawn", "compost")),
        Asset("sprinkler", "yard", "Sprinkler valve box", "Irrigation", "SV-17", -330, 1, jobs=("sprinklers",)),
    ),
    note="INTERNAL: rival of North Metro Grounds, never mention one to the other.",
)

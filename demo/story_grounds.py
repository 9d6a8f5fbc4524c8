"""North Metro Grounds: the client the whole suite is shown with.

Pages show of it exactly 24 completed jobs, 9 active ones, 3 open quotes and 2 open invoices (1 overdue);
tests/demo_world/test_world.py holds those numbers.
"""

from . import story_grounds_jobs as jobs
from . import story_grounds_money as money
from .words import Agreement, Asset, Client, Correction, Member, Milestone, Project, Site, Told

SITES = (
    Site(
        "reserve",
        "Coastal Reserve",
        "90 Shore Road",
        (43.6229, -70.2094),
        "Ranger gate opens at 6:30. Vehicles only on the northern track, never past the picnic area.\n"
        "Nesting terns from April to July: keep to the boardwalk.",
        ("Luca Brandt", "+1 207 555 0151"),
    ),
    Site(
        "eastgate",
        "Eastgate depot",
        "14 Eastgate Way",
        (43.6718, -70.2466),
        "Report at the gate house. High-visibility vest in the yard.",
        ("Tom Ashby", "+1 207 555 0136"),
    ),
    Site("hill", "Hill St park", "201 Hill Street", (43.6562, -70.2741), "Key to the machine shed is at the kiosk."),
    Site("pier", "Pier 4", "4 Harbour Wharf", (43.6571, -70.2462)),
)

MEMBERS = (
    Member("dana", "Dana Price", "Grounds manager", "approver"),
    Member("luca", "Luca Brandt", "Ranger, Coastal Reserve", "viewer", ("reserve",)),
    Member("amira", "Amira Sato", "Accounts payable", "billing"),
    Member("helen", "Helen Okafor", "Head of facilities", "administrator"),
    Member("noor", "Noor Haddad", "Property manager, waterfront", "requester", ("pier",)),
    Member("tom", "Tom Ashby", "Depot supervisor", "requester", ("eastgate",), "invited"),
    Member("priya", "Priya Nair", "Former events officer", "viewer", (), "removed"),
)

ACCESS = Project(
    "access",
    "NMG-07 Coastal access (fixed price, watch margin)",
    "Coastal access remediation",
    "Making the northern track, the boardwalk and the viewing platform of Coastal Reserve safe and step-free again.",
    "reserve",
    -165,
    52,
    (
        Milestone("Design approved", -132, True),
        Milestone("Northern track reopened", -58, True),
        Milestone("Boardwalk handrails", 10),
        Milestone("Final inspection and handover", 45),
    ),
    told=(
        Told(
            -131,
            "on_track",
            15,
            "Kick-off review",
            "The design is approved",
            "The council has approved the design without changes. Fencing and signs go up next week; "
            "the track stays open.",
        ),
        Told(-80, "at_risk", 40, "Internal: margin after the second culvert"),
        Told(
            -56,
            "on_track",
            55,
            "NMG-07 review, northern track",
            "The northern track is open again",
            "Regrading and drainage are done, and the track is open to wheelchairs and prams. "
            "A second culvert was cracked and is replaced as well; this costs you nothing and no time.",
        ),
        Told(
            -6,
            "at_risk",
            70,
            "NMG-07 review, timber late (Pellworth)",
            "Handrails a week later, handover unchanged",
            "The hardwood for the handrails arrives a week late, so the boardwalk closes for one day "
            "in the week after next. The platform and the planting go ahead as planned, and the handover date stands.\n"
            "We wait for your choice of colour for the picnic area path.",
        ),
    ),
    shows_manager=True,
    shows_people=True,
)
MAINTENANCE = Project(
    "maintenance",
    "NMG-01 Grounds maintenance",
    "Grounds maintenance {year}",
    "The yearly programme for all four sites: mowing, trees, lighting, drains and small repairs.",
    "",
    -353,
    28,
    (
        Milestone("First quarterly review", -255, True),
        Milestone("Second quarterly review", -165, True),
        Milestone("Third quarterly review", -75, True),
        Milestone("Fourth quarterly review", 17),
    ),
    told=(
        Told(
            -74,
            "on_track",
            75,
            "Q3 review",
            "Third quarter: everything done as agreed",
            "All visits of the quarter took place. The lighting at Pier 4 is the one thing we would bring forward.",
        ),
    ),
)
TENDER = Project("tender", "NMG tender preparation, next year (internal)", starts=-25, ends=30, published=False)

ASSETS = (
    Asset(
        "trees",
        "reserve",
        "Tree group N-12",
        "Trees",
        installed=-340,
        due=150,
        note="42 trees along the northern track, between the gate and the picnic area.",
        jobs=("pruning",),
    ),
    Asset(
        "boardwalk", "reserve", "Boardwalk", "Structure", "BW-86", -340, 45, jobs=("footings", "handrails", "decking")
    ),
    Asset("culverts", "reserve", "Drainage culverts, northern track", "Drainage", "", -74, 290, jobs=("culvert",)),
    Asset("controller", "eastgate", "Irrigation controller", "Irrigation", "IC-4471-22", -330, 1, jobs=("irrigation",)),
    Asset("pole2", "eastgate", "Light pole, gate 2", "Lighting", "LP-0207", -300, 275, jobs=("pole",)),
    Asset("shed_drain", "eastgate", "Yard drain", "Drainage", "", -340, -12, jobs=("drain",)),
    Asset("lawn", "hill", "Main lawn", "Lawn", "", -340, 95, jobs=("turf",)),
    Asset("lamps4", "pier", "Promenade lamps 1 to 14", "Lighting", "PL-14", -316, 49, jobs=("lights_pier",)),
    Asset("ladder4", "pier", "Safety ladder", "Structure", "SL-118-C", -29, 336, jobs=("ladder",)),
)
AGREEMENTS = (
    Agreement(
        "maintenance",
        "Grounds maintenance {year}",
        "maintenance",
        -320,
        45,
        "Everything that grows or wears at your four sites, by one crew that knows them. "
        "Storm damage is looked at within one working day.",
        (("Mowing rounds", 18), ("Hedges and beds", 4), ("Playground inspections", 4), ("Irrigation checks", 2)),
    ),
    Agreement(
        "track",
        "Track care, Coastal Reserve",
        "access",
        -80,
        285,
        "After each storm and before each holiday we walk the tracks, clear them and repair what is loose.",
        (("Track walks", 8), ("Boardwalk inspections", 2)),
        ("reserve",),
    ),
)

CORRECTIONS = (
    Correction(
        "dana",
        -34,
        "14:10",
        "eastgate",
        {"client_contact_phone": "+1 207 555 0163"},
        answer=("accepted",),
    ),
    Correction(
        "helen",
        -16,
        "09:25",
        "pier",
        {"street": "4 Harbour Wharf, north entrance"},
        answer=("refused", "The north entrance is closed until the quay is repaired. We come by the south one."),
    ),
    Correction(
        "dana",
        -1,
        "11:40",
        "hill",
        {"client_contact_name": "Sam Whitlock", "client_contact_phone": "+1 207 555 0188"},
        note="Sam has taken over the kiosk and opens the machine shed.",
    ),
)

CLIENT = Client(
    key="grounds",
    name="North Metro Grounds",
    street="12 Civic Square",
    email_domain="northmetrogrounds.example",
    phone="+1 207 555 0142",
    badge="NM",
    colour="#2f6f9f",
    contact="mira",
    sites=SITES,
    members=MEMBERS,
    projects=(ACCESS, MAINTENANCE, TENDER),
    jobs=jobs.JOBS,
    quotes=money.QUOTES,
    invoices=money.INVOICES,
    talk=jobs.TALK,
    assets=ASSETS,
    agreements=AGREEMENTS,
    corrections=CORRECTIONS,
    note="INTERNAL: pays late every November, never offer more than 3 % discount.",
)

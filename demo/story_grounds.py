"""North Metro Grounds: the client the whole suite is shown with.

Pages show of it exactly 24 completed jobs, 9 active ones, 3 open quotes and 2 open invoices (1 overdue);
tests/demo_world/test_world.py holds those numbers.
"""

from . import story_grounds_jobs as jobs
from . import story_grounds_money as money
from .words import Client, Member, Milestone, Project, Site, Told

SITES = (
    Site("reserve", "Coastal Reserve", "90 Shore Road", (43.6229, -70.2094)),
    Site("eastgate", "Eastgate depot", "14 Eastgate Way", (43.6718, -70.2466)),
    Site("hill", "Hill St park", "201 Hill Street", (43.6562, -70.2741)),
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
    note="INTERNAL: pays late every November, never offer more than 3 % discount.",
)

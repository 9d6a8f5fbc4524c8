"""The documents of the demo world: exactly 18 that North Metro Grounds sees, one draft, and a few of the others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """One document. `on` is what it belongs to, as the notebook calls it; `files` are its versions, oldest first."""

    key: str
    title: str
    kind: str  # last part of the category's XML id
    on: str
    day: int
    clock: str = "10:00"
    valid: tuple = ()  # (first day, last day)
    text: tuple = ()  # lines of its page
    tags: tuple = ()
    notes: tuple = ("",)  # what is new, one for each version
    shared: bool = True
    certifies: str = ""  # kind of certificate, see certificates.py


PRUNING, TRACK, BOARDWALK = "job_grounds_pruning", "job_grounds_regrading", "job_grounds_footings"
BACKFLOW = "asset_grounds_controller"

GROUNDS = (
    Paper(
        "survey",
        "Access audit, Coastal Reserve",
        "report",
        "job_grounds_survey",
        -148,
        text=(
            "The northern track is too steep for wheelchairs between posts 14 and 22.",
            "Two culverts show cracks; the boardwalk footings are sound.",
        ),
        tags=("access",),
    ),
    Paper(
        "design",
        "Northern track, drawing NT-02",
        "drawing",
        "project_grounds_access",
        -136,
        text=("Longitudinal section 1:500, slope 1:20.",),
        notes=("", "Passing place at post 18 added"),
    ),
    Paper("regrading_photos", "Northern track, before and after", "photos", TRACK, -95),
    Paper(
        "culvert",
        "Culvert pressure test",
        "certificate",
        "job_grounds_culvert",
        -73,
        valid=(-74, 650),
        text=("Both culverts held 4,000 litres for two hours.",),
        certifies="drainage",
    ),
    Paper(
        "footings",
        "Boardwalk footing inspection",
        "certificate",
        BOARDWALK,
        -39,
        valid=(-40, 24),
        text=("32 footings inspected, all fit for the handrails.",),
        certifies="structures",
    ),
    Paper(
        "playground",
        "Playground inspection, Hill St park",
        "certificate",
        "site_grounds_hill",
        -300,
        valid=(-301, 64),
        text=("Inspected after EN 1176. Next inspection due within a year.",),
        certifies="playground",
    ),
    Paper(
        "electrical",
        "Electrical safety, Pier 4 lighting",
        "certificate",
        "site_grounds_pier",
        -371,
        valid=(-372, -8),
        text=("Seven columns tested.",),
        certifies="electrical",
    ),
    Paper(
        "trees",
        "Tree risk register",
        "report",
        "site_grounds_reserve",
        -60,
        text=("42 trees need pruning, three are watched, none is to be felled.",),
        tags=("trees",),
        notes=("", "Second walk after the October storm"),
    ),
    Paper(
        "trees_hill_before",
        "Tree safety, Hill St park, last year",
        "certificate",
        "site_grounds_hill",
        -449,
        valid=(-450, -86),
        text=("Eleven limes and two oaks inspected from the ground.",),
        tags=("trees",),
        certifies="trees",
    ),
    Paper(
        "trees_hill",
        "Tree safety, Hill St park",
        "certificate",
        "site_grounds_hill",
        -61,
        valid=(-62, 302),
        text=("Eleven limes and two oaks inspected from the ground, one oak by climbing.",),
        tags=("trees",),
        certifies="trees",
    ),
    Paper(
        "backflow",
        "Backflow test, irrigation controller",
        "certificate",
        BACKFLOW,
        -118,
        valid=(-119, 245),
        text=("The valve closes and holds.",),
        certifies="backflow",
    ),
    Paper("depot_photos", "Eastgate depot, line marking", "photos", "site_grounds_eastgate", -52),
    Paper(
        "induction",
        "Contractor induction",
        "form",
        "client_grounds",
        -340,
        text=("Read the site rules, sign in at the gate, wear high visibility in the yard.",),
    ),
    Paper(
        "contract",
        "Grounds maintenance agreement",
        "contract",
        "client_grounds",
        -350,
        valid=(-350, 15),
        text=("Four sites, quarterly reviews, response within two working days.",),
    ),
    Paper("pruning_photos", "Reserve pruning package, photos", "photos", PRUNING, -3, "15:20"),
    Paper(
        "pruning",
        "Reserve pruning package, completion report",
        "report",
        PRUNING,
        -1,
        "17:05",
        text=(
            "42 trees pruned to ANSI A300 along the northern track.",
            "Two limbs over the boardwalk are left for the ecologist's visit.",
        ),
        tags=("trees",),
    ),
    Paper(
        "arborist",
        "Arborist's certificate, northern track",
        "certificate",
        PRUNING,
        -1,
        "17:10",
        valid=(-1, 364),
        text=("The pruned trees were inspected from the ground and are safe for the path below.",),
        tags=("trees",),
        certifies="trees",
    ),
    # kept back: never among the 18
    Paper(
        "margin",
        "INTERNAL: costs of the second culvert",
        "report",
        "project_grounds_access",
        -70,
        shared=False,
        text=("margin and wages",),
    ),
)
GARDENS = (
    Paper(
        "gardens_report", "Rose garden, soil report", "report", "client_gardens", -40, text=("pH 6.4, well drained.",)
    ),
)
STUDIO = (Paper("studio_form", "Key holder form", "form", "client_studio", -90, text=("Who opens and who locks.",)),)
PAPERS = (*GROUNDS, *GARDENS, *STUDIO)
# completion records that filed themselves: (job, day)
FILED = (("job_grounds_fencing", -127),)
SHARED = 18  # of North Metro Grounds, all of the above

# (document, day and clock it was asked, by whom it is to be read)
TO_READ = ("induction", -2, "09:10", ("user_dana", "user_helen"))


@dataclass(frozen=True)
class Asked:
    """A file the operator waits for."""

    key: str
    title: str
    note: str
    on: str
    kind: str
    day: int
    clock: str
    due: int  # days from today


WANTED = (
    Asked(
        "bridge",
        "Load plate of the footbridge",
        "A photo of the plate or the page of the manual: the mower for the far bank weighs 1.2 t.",
        "site_grounds_reserve",
        "drawing",
        -1,
        "11:30",
        6,
    ),
)

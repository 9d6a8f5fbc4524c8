"""Harbour & Finch Studio: an agency-style client, one long project that moves from milestone to milestone."""

from .words import Asset, Client, Invoice, Job, Member, Milestone, Project, Quote, Site, Talk, done, planned

SITES = (Site("quay", "Finch Quay", "33 Finch Quay", (43.6547, -70.2518)),)

MEMBERS = (
    Member("isla", "Isla Finch", "Creative director", "administrator"),
    Member("marek", "Marek Harbour", "Producer", "requester"),
    Member("noor", "Noor Haddad", "Property manager, waterfront", "approver"),
)

PROJECT = Project(
    "wayfinding",
    "HF-02 Finch Quay wayfinding",
    "Finch Quay wayfinding and public realm",
    "From first sketches to the last sign post: a new way of finding one's way around Finch Quay.",
    "quay",
    -250,
    120,
    (
        Milestone("Discovery and site walks", -205, True),
        Milestone("Concept chosen", -150, True),
        Milestone("Design signed off", -80, True),
        Milestone("Prototypes on the quay", -20, True),
        Milestone("Fabrication complete", 34),
        Milestone("Installation", 85),
        Milestone("Opening day", 112),
    ),
)

JOBS = (
    done("walks", "wayfinding", "quay", "Site walks with residents", -232, milestone="Discovery and site walks"),
    done("counts", "wayfinding", "quay", "Footfall counts, four entrances", -214, milestone="Discovery and site walks"),
    done("routes", "wayfinding", "quay", "Concept A: tide lines", -172, milestone="Concept chosen"),
    done("birds", "wayfinding", "quay", "Concept B: finch trail", -158, milestone="Concept chosen"),
    done("type", "wayfinding", "quay", "Lettering and colour tests", -117, milestone="Design signed off"),
    done("drawings", "wayfinding", "quay", "Drawings for all 41 signs", -86, milestone="Design signed off"),
    done(
        "prototypes",
        "wayfinding",
        "quay",
        "Three prototypes set up",
        -24,
        summary="Two finger posts and one map table stand on the quay for a month. Please walk past and tell us.",
        milestone="Prototypes on the quay",
    ),
    done(
        "table",
        "wayfinding",
        "quay",
        "Mock-up of the map table",
        -3,
        summary="Full size, in birch plywood.",
        result="The mock-up is built and stands in the harbour office until you have had a look.",
        readings=(("Height of the top", "86 cm"),),
        sign_off=True,
    ),
    Job(
        "proof",
        "wayfinding",
        "quay",
        "Map artwork, second proof",
        (("new", -19, "10:00"), ("planned", -17, "11:30"), ("client", -2, "15:20")),
        summary="The second proof is ready. Please send us your corrections in one go.",
        milestone="Fabrication complete",
    ),
    Job(
        "posts",
        "wayfinding",
        "quay",
        "Fabrication of 28 finger posts",
        (("new", -22, "09:00"), ("planned", -18, "09:45"), ("on_site", -8, "08:00")),
        milestone="Fabrication complete",
    ),
    planned(
        "footings",
        "wayfinding",
        "quay",
        "Footings, east side",
        -11,
        (6, "07:30", "15:00"),
        milestone="Installation",
    ),
    Job("app", "wayfinding", "quay", "Audio stops for visitors", (("new", -5, "13:30"),), milestone="Opening day"),
    Job("lessons", "wayfinding", "quay", "Hours burnt on concepts (internal)", (("new", -60, "17:00"),), publish="no"),
)

QUOTES = (
    Quote(
        "project",
        "Finch Quay wayfinding, design and build",
        "quay",
        -256,
        (
            ("design", "Discovery, concepts and design", 1, 38400.00),
            ("civil", "Fabrication of 41 signs", 1, 52900.00),
            ("crew", "Installation, crew days", 14, 1180.00),
        ),
        valid=-240,
        confirmed=-251,
        project="wayfinding",
    ),
    Quote(
        "audio",
        "Audio stops, eight points",
        "quay",
        -4,
        (("design", "Recording and editing, per stop", 8, 640.00),),
        valid=24,
        project="wayfinding",
        varies="project",
        reason="The museum would like visitors to hear the quay as well.",
        days=15,
    ),
    Quote(
        "audio_more",
        "Audio stops, twelve points, two languages",
        "quay",
        -4,
        (("design", "Recording and editing in two languages, per stop", 12, 815.00),),
        valid=24,
        project="wayfinding",
        varies="project",
        number=2,
        option_of="audio",
        reason="The museum would like visitors to hear the quay as well.",
        days=21,
    ),
)

INVOICES = (
    Invoice("discovery", "project", -200, "Finch Quay: discovery", 12800.00, paid=-171),
    Invoice("concept", "project", -146, "Finch Quay: concept", 12800.00, paid=-119),
    Invoice("design", "project", -76, "Finch Quay: design sign-off", 12800.00, paid=-47),
    Invoice("prototypes", "project", -17, "Finch Quay: prototypes and first fabrication", 17633.00, due=13),
)

TALK = (
    Talk("birds", -156, "11:00", "isla", "The finch trail it is. The children's group was unanimous."),
    Talk("prototypes", -23, "09:40", "marek", "Three people photographed the map table before noon. Good sign!"),
    Talk("proof", -2, "15:25", "tamsin", "Proof two: the ferry times moved to the back, as you asked."),
    Talk("proof", -1, "09:50", "isla", "Looks right. Marek collects the small corrections until Friday."),
    Talk("posts", -7, "16:00", "jonas", "INTERNAL: welder wants overtime, charge it to the build line.", internal=True),
)

CLIENT = Client(
    key="studio",
    name="Harbour & Finch Studio",
    street="8 Ropewalk Lane",
    email_domain="harbourfinch.example",
    phone="+1 207 555 0177",
    badge="H&F",
    colour="#b4552d",
    contact="mira",
    sites=SITES,
    members=MEMBERS,
    projects=(PROJECT,),
    jobs=JOBS,
    quotes=QUOTES,
    invoices=INVOICES,
    talk=TALK,
    assets=(Asset("table", "quay", "Map table", "Signs", "HF-MT-01", -24, 160, jobs=("prototypes",)),),
    note="INTERNAL: Isla decides, Marek only thinks he does.",
)

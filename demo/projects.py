"""Stages, projects and milestones."""

from odoo.fields import Command

# key: (name, what the client reads of it, folded)
STAGES = {
    "new": ("New", "requested", False),
    "planned": ("Planned", "scheduled", False),
    "parts": ("Waiting for parts", False, False),
    "on_site": ("On site", "in_progress", False),
    "client": ("With the client", "waiting", False),
    "done": ("Done", "completed", True),
    "cancelled": ("Called off", "cancelled", True),
}


def stages(book):
    """The operator's own stages, shared by all its projects and mapped to client statuses."""
    for number, (key, (name, status, fold)) in enumerate(STAGES.items()):
        vals = {"name": name, "sequence": number, "fold": fold, "client_status": status, "user_id": False}
        book.make(f"stage_{key}", "project.task.type", vals)


def events(book, client):
    """When each project started and reached its milestones.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for project in client.projects:
        found.append((book.past(project.starts, "08:00"), _start(client, project)))
        for number, milestone in enumerate(project.milestones):
            if milestone.reached:
                moment = book.past(milestone.day, "17:00")
                found.append((moment, _reach(client, project, number, milestone)))
        for number, told in enumerate(project.told):
            found.append((book.past(told.day, "16:55"), _tell(client, project, number, told)))
    return found


def _start(client, project):
    def play(book):
        partner = book.get(f"client_{client.key}")
        stage_ids = [book.get(f"stage_{key}").id for key in STAGES]
        year = str(book.today.year)
        record = book.make(
            f"project_{client.key}_{project.key}",
            "project.project",
            {
                "name": project.name,
                "client_title": project.title.format(year=year) or False,
                "client_summary": project.summary or False,
                "partner_id": partner.id,
                "client_site_id": book.get(f"site_{client.key}_{project.site}").id if project.site else False,
                "company_id": book.get("company").id,
                "user_id": book.get(f"user_{client.contact}").id,
                "client_show_manager": project.shows_manager,
                "client_show_people": project.shows_people,
                "privacy_visibility": "portal" if project.published else "followers",
                "allow_milestones": True,
                "allow_billable": True,
                "date_start": book.day(project.starts),
                "date": book.day(project.ends),
                "type_ids": [Command.set(stage_ids)],
                "description": "<p>INTERNAL: plan, prices and gate codes are in the blue folder.</p>",
            },
        )
        for number, milestone in enumerate(project.milestones):
            book.make(
                f"milestone_{client.key}_{project.key}_{number}",
                "project.milestone",
                {
                    "name": milestone.name,
                    "project_id": record.id,
                    "sequence": number,
                    "deadline": book.day(milestone.day),
                },
            )

    return play


def _reach(client, project, number, milestone):
    def play(book):
        record = book.get(f"milestone_{client.key}_{project.key}_{number}")
        record.is_reached = True
        record.reached_date = book.day(milestone.day)  # computed as the day it was ticked, which is today

    return play


def _tell(client, project, number, told):
    """A project update; the client reads it where it has words for them."""

    def play(book):
        update = book.make(
            f"told_{client.key}_{project.key}_{number}",
            "project.update",
            {
                "name": told.name,
                "project_id": book.get(f"project_{client.key}_{project.key}").id,
                "user_id": book.get(f"user_{client.contact}").id,
                "date": book.day(told.day),
                "status": told.status,
                "progress": told.progress,
                "description": "<p>INTERNAL: hours, margin and what we tell nobody.</p>",
                "client_title": told.title or False,
                "client_text": told.text or False,
            },
        )
        if told.text:
            update.action_client_publish()

    return play

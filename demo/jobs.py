"""The jobs, moved through the stages as their story goes."""

from odoo.fields import Command

from . import requests

CLOSED = {"done": "1_done", "cancelled": "1_canceled"}
CREWS = ("jonas", "tamsin")


def events(book, client):
    """Every step of every job.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for number, job in enumerate(client.jobs):
        moments = book.course((day, clock) for _stage, day, clock in job.path)
        found.append((moments[0], _ask(client, job, number)))
        for (stage, _day, _clock), moment in zip(job.path[1:], moments[1:], strict=True):
            found.append((moment, _move(client, job, stage)))
        if job.moved:
            day, clock, visit = job.moved
            found.append((book.past(day, clock), _visit(client, job, visit)))
        if job.confirm:
            found.append((book.past(*job.confirm), _ask_visit(client, job)))
    return found


def _ask(client, job, number):
    """Create the job in its first stage."""

    def play(book):
        vals = {
            "name": job.name,
            "client_title": job.title or False,
            "client_summary": job.summary or False,
            "description": job.notes or False,
            "project_id": book.get(f"project_{client.key}_{job.project}").id,
            "partner_id": book.get(f"client_{client.key}").id,
            "stage_id": book.get(f"stage_{job.path[0][0]}").id,
            "company_id": book.get("company").id,
            "client_publish": job.publish,
            "client_sign_off": "yes" if job.sign_off else False,
            "user_ids": [Command.set(book.get(f"user_{CREWS[number % 2]}").ids)],
            "priority": "1" if number % 7 == 3 else "0",
        }
        if job.site:
            vals["client_site_id"] = book.get(f"site_{client.key}_{job.site}").id
        if job.parent:
            vals["parent_id"] = book.get(f"job_{client.key}_{job.parent}").id
        if job.asked:
            vals.update(requests.vals(book, client, job.asked))
        if job.milestone:
            vals["milestone_id"] = _milestone(book, client, job).id
        book.make(f"job_{client.key}_{job.key}", "project.task", vals)

    return play


def _milestone(book, client, job):
    project = next(project for project in client.projects if project.key == job.project)
    names = [milestone.name for milestone in project.milestones]
    return book.get(f"milestone_{client.key}_{job.project}_{names.index(job.milestone)}")


def _move(client, job, stage):
    """Move the job on; planning gives it its visit, closing closes it."""

    def play(book):
        task = book.get(f"job_{client.key}_{job.key}")
        vals = {"stage_id": book.get(f"stage_{stage}").id}
        if stage == "planned" and job.visit:
            vals.update(_window(book, job.visit))
        if stage == "planned" and job.quote:
            vals["sale_line_id"] = book.get(f"quote_{client.key}_{job.quote}").order_line.filtered("product_id")[:1].id
        if stage in CLOSED:
            vals["state"] = CLOSED[stage]
        if stage == "done":
            readings = "\n".join(f"{what}: {value}" for what, value in job.readings)
            vals.update(client_done_note=job.result, client_readings=readings)
        task.write(vals)

    return play


def _visit(client, job, visit):
    def play(book):
        book.get(f"job_{client.key}_{job.key}").write(_window(book, visit))

    return play


def _ask_visit(client, job):
    def play(book):
        book.get(f"job_{client.key}_{job.key}").action_client_visit_ask()

    return play


def _window(book, visit):
    day, begins, ends = visit
    return {
        "client_visit_start": book.moment(day, begins),
        "client_visit_end": book.moment(day, ends),
        "date_deadline": book.moment(day, ends),
    }

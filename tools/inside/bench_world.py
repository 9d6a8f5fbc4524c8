"""Seed a database for measuring: many clients with a hundred jobs each, and the people who look at them.

Runs inside Odoo: `python bench_world.py DATABASE TASKS`. Rows are written by SQL, as no ORM makes a million tasks
while one waits; what is written equals what the ORM writes for the same jobs.
"""

import sys

import odoo
import odoo.api
import odoo.modules.registry
import odoo.tools

JOBS_PER_CLIENT = 100

PARTNERS = """
    INSERT INTO res_partner (name, complete_name, is_company, active, type, autopost_bills,
                             is_client, partner_share, color, create_date, write_date)
    SELECT 'Bench client ' || n, 'Bench client ' || n, TRUE, TRUE, 'contact', 'ask',
           n %% 2 = 0, TRUE, 0, now(), now()
      FROM generate_series(1, %(clients)s) n
"""
COMMERCIAL = """
    UPDATE res_partner SET commercial_partner_id = id, commercial_company_name = name
     WHERE commercial_partner_id IS NULL
"""
ALIASES = """
    INSERT INTO mail_alias (alias_model_id, alias_defaults, alias_contact, alias_parent_model_id, alias_force_thread_id)
    SELECT alias_model_id, '{}', alias_contact, alias_parent_model_id, p.id
      FROM res_partner p, mail_alias a
     WHERE a.id = %(alias)s AND p.name LIKE 'Bench client %%'
"""
PROJECTS = """
    INSERT INTO project_project (name, client_name, partner_id, client_id, client_customer_id, client_publish,
                                 client_published, client_publish_jobs, alias_id, privacy_visibility,
                                 last_update_status, active, allow_billable, allow_milestones, sequence, create_date,
                                 write_date)
    SELECT jsonb_build_object('en_US', 'Work for ' || p.name), 'Work for ' || p.name, p.id, p.id, p.id, 'auto',
           TRUE, 'auto', a.id, 'portal', 'on_track', TRUE, TRUE, TRUE, 10, now(), now()
      FROM res_partner p JOIN mail_alias a ON a.alias_force_thread_id = p.id
     WHERE p.name LIKE 'Bench client %%' AND a.id > %(alias)s
"""
STAGES = """
    INSERT INTO project_task_type_rel (type_id, project_id)
    SELECT %(stage)s, id FROM project_project WHERE client_name LIKE 'Work for Bench%%'
"""
TASKS = """
    INSERT INTO project_task (name, client_name, project_id, stage_id, partner_id, client_id, client_customer_id,
                              client_publish, client_published, client_status, client_status_since, state, priority,
                              active, sequence, display_in_project, company_id, client_visit_start, client_visit_end,
                              date_last_stage_update, create_date, write_date)
    SELECT 'Job ' || n || ' of ' || p.client_name, 'Job ' || n || ' of ' || p.client_name, p.id, %(stage)s, p.client_id,
           p.client_id, p.client_id, 'auto', TRUE,
           (ARRAY['requested', 'scheduled', 'in_progress', 'waiting',
                  'completed', 'completed', 'completed'])[1 + n %% 7],
           now() - n * interval '3 days', CASE WHEN n %% 7 > 3 THEN '1_done' ELSE '01_in_progress' END, '0', TRUE, 10,
           TRUE, %(company)s, now() + n * interval '1 hour', now() + (n + 2) * interval '1 hour', now(),
           now() - n * interval '3 days', now()
      FROM project_project p, generate_series(1, %(jobs)s) n
     WHERE p.client_name LIKE 'Work for Bench%%'
"""
FOLLOWERS = """
    INSERT INTO mail_followers (res_model, res_id, partner_id)
    SELECT 'project.task', id, partner_id FROM project_task WHERE client_name LIKE 'Job %% Bench client %%'
     UNION ALL
    SELECT 'project.project', id, partner_id FROM project_project WHERE client_name LIKE 'Work for Bench%%'
"""
UPDATES = """
    INSERT INTO client_update (date, kind, "values", res_model, res_id, capability, client_id, client_published,
                               company_id)
    SELECT client_status_since, 'job_completed', jsonb_build_object('name', client_name), 'project.task', id,
           'see_jobs', client_id, TRUE, company_id
      FROM project_task WHERE client_name LIKE 'Job %% Bench client %%'
"""


def seed(env, tasks):
    """Write the rows; `tasks` is how many jobs there are in all."""
    stage = env["project.task.type"].create({"name": "Bench"})
    template = env["project.project"].create({"name": "Template", "type_ids": [(6, 0, stage.ids)]})
    env.flush_all()
    facts = {
        "clients": tasks // JOBS_PER_CLIENT,
        "jobs": JOBS_PER_CLIENT,
        "alias": template.alias_id.id,
        "stage": stage.id,
        "company": env.company.id,
    }
    for statement in (PARTNERS, COMMERCIAL, ALIASES, PROJECTS, STAGES, TASKS, FOLLOWERS, UPDATES):
        env.cr.execute(statement, facts)
    env.invalidate_all()


def people(env):
    """A member of a client, and a portal user of a company that is none."""
    portal = [(6, 0, [env.ref("base.group_portal").id])]
    users = env["res.users"].with_context(no_reset_password=True)
    for login, name in (("bench-member", "Bench client 2"), ("bench-stock", "Bench client 1")):
        company = env["res.partner"].search([("name", "=", name)], limit=1)
        contact = env["res.partner"].create({"name": login, "parent_id": company.id})
        user = users.create({"login": login, "password": login, "partner_id": contact.id, "group_ids": portal})
        if company.is_client:
            role = env.ref("client_portal.client_role_administrator")
            env["client.member"].create({"user_id": user.id, "client_id": company.id, "role_id": role.id})
            company.client_company_ids = env.company


def main(database, tasks):
    odoo.tools.config.parse_config(["--log-level=warn", "--no-http"], setup_logging=True)
    with odoo.modules.registry.Registry(database).cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        seed(env, int(tasks))
        people(env)
        cursor.commit()
        job = env["project.task"].search([("client_id.name", "=", "Bench client 2")], order="id", limit=1)
        print("JOB", job.id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

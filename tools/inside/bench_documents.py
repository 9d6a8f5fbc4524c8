"""Seed a library for measuring: one client with many documents, ten versions of each, and four very large files.

Runs inside Odoo: `python bench_documents.py DATABASE DOCUMENTS`. Rows are written by SQL; what is written equals what
the ORM writes for the same documents. The large files are holes in the filestore: they are read like any other.
"""

import sys
from pathlib import Path

import bench_world

import odoo
import odoo.api
import odoo.modules.registry
import odoo.tools

JOBS, SITES, VERSIONS = 1000, 80, 10
LARGE, LARGE_SIZE = 4, 512 * 1024 * 1024
WORDS = 20_000  # different ones in the text of all documents

SITE = """
    INSERT INTO res_partner (name, complete_name, active, is_company, type, autopost_bills, is_client_site, parent_id,
                             commercial_partner_id, partner_share, color, create_date, write_date)
    SELECT 'Site ' || n, 'Site ' || n, TRUE, FALSE, 'delivery', 'ask', TRUE,
           %(client)s, %(client)s, TRUE, 0, now(), now()
      FROM generate_series(1, %(sites)s) n
"""
DOCUMENTS = """
    INSERT INTO client_document (name, active, category_id, state, res_model, res_id, capability, record_published,
                                 company_id, client_id, client_site_id, client_publish, client_published, published_on,
                                 valid_from, valid_until, expiring_from, show_history, search_text, create_date,
                                 write_date, create_uid)
    SELECT 'Paper ' || n, TRUE, (%(categories)s)[1 + n %% 7], 'published',
           CASE WHEN n %% 10 < 6 THEN 'project.task' WHEN n %% 10 = 6 THEN 'project.project' END,
           CASE WHEN n %% 10 < 6 THEN (%(jobs)s)[1 + n %% 100] WHEN n %% 10 = 6 THEN %(project)s END,
           CASE WHEN n %% 10 < 7 THEN 'see_jobs' ELSE 'see_documents' END, TRUE, %(company)s, %(client)s,
           CASE WHEN n %% 10 >= 7 THEN (%(sites)s)[1 + n %% 80] END, 'auto', TRUE, now() - n * interval '40 minutes',
           CASE WHEN n %% 7 = 1 THEN current_date - n %% 700 END,
           CASE WHEN n %% 7 = 1 THEN current_date - n %% 700 + 365 END,
           CASE WHEN n %% 7 = 1 THEN current_date - n %% 700 + 335 END, FALSE,
           'Paper ' || n || CASE WHEN n %% 1000 = 0 THEN ' larch' ELSE '' END
               || CASE WHEN n %% 5 = 0 THEN ' inspection' ELSE '' END
               || (SELECT string_agg(' w' || (hashint4(n * 211 + i) & 1048575) %% %(words)s, '')
                     FROM generate_series(1, 150) i),
           now() - n * interval '40 minutes', now(), 1
      FROM generate_series(1, %(documents)s) n
"""
FILES = """
    INSERT INTO ir_attachment (name, type, res_model, res_field, res_id, file_size, mimetype, store_fname, checksum,
                               company_id, create_date, write_date)
    SELECT 'paper.pdf', 'binary', 'client.document.version', 'attachment_id', d.id * 100 + v, 40000, 'application/pdf',
           'aa/none', 'none', %(company)s, now(), now()
      FROM client_document d, generate_series(1, %(versions)s) v
"""
VERSION = """
    INSERT INTO client_document_version (document_id, attachment_id, number, name, sha256, size, mimetype, state,
                                         create_date, write_date, author_id)
    SELECT a.res_id / 100, a.id, a.res_id %% 100, 'paper.pdf', md5(a.id::text) || md5(a.id::text), 40000,
           'application/pdf', 'published', now(), now(), 1
      FROM ir_attachment a WHERE a.res_model = 'client.document.version'
"""
CURRENT = """
    UPDATE client_document d SET current_id = v.id
      FROM client_document_version v WHERE v.document_id = d.id AND v.number = %(versions)s
"""
OWNERS = """
    UPDATE ir_attachment a SET res_id = v.id FROM client_document_version v WHERE v.attachment_id = a.id
"""
LARGE_FILES = """
    UPDATE ir_attachment a SET store_fname = 'be/bench-large', file_size = %(size)s
      FROM client_document d JOIN client_document_version v ON v.id = d.current_id
     WHERE a.id = v.attachment_id AND d.name = ANY(%(names)s)
"""
LARGE_NAMES = "UPDATE client_document SET search_text = search_text || ' hugebench' WHERE name = ANY(%(names)s)"


def seed(env, documents):
    """Write the rows; `documents` is how many there are."""
    client = env["res.partner"].search([("name", "=", "Bench client 2")])
    project = env["project.project"].search([("client_id", "=", client.id)], limit=1)
    facts = {
        "client": client.id,
        "sites": SITES,
        "project": project.id,
        "jobs": project.task_ids.ids[:100],
        "categories": env["client.document.category"].search([], limit=7).ids,
        "company": env.company.id,
        "documents": documents,
        "versions": VERSIONS,
        "words": WORDS,
        "size": LARGE_SIZE,
        "names": [f"Paper {n + 1}" for n in range(LARGE)],
    }
    env.cr.execute(SITE, facts)
    env.cr.execute("SELECT array_agg(id) FROM res_partner WHERE is_client_site AND parent_id = %(client)s", facts)
    facts["sites"] = env.cr.fetchone()[0]
    for statement in (DOCUMENTS, FILES, VERSION, CURRENT, OWNERS, LARGE_FILES, LARGE_NAMES):
        env.cr.execute(statement, facts)
    env.invalidate_all()
    hole = Path(odoo.tools.config.filestore(env.cr.dbname)) / "be" / "bench-large"
    hole.parent.mkdir(parents=True, exist_ok=True)
    with hole.open("wb") as file:
        file.truncate(LARGE_SIZE)


def main(database, documents):
    odoo.tools.config.parse_config(["--log-level=warn", "--no-http"], setup_logging=True)
    with odoo.modules.registry.Registry(database).cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        bench_world.seed(env, JOBS)
        seed(env, int(documents))
        bench_world.people(env)
        cursor.commit()
        first = env["client.document"].search([], order="id", limit=1)
        print("DOCUMENT", first.id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

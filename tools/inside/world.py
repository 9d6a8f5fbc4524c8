"""Build the demo world (idempotent) in the configured database and print its logins as JSON.

Runs inside Odoo: `python world.py DATABASE`.
"""

import json
import sys

import odoo
import odoo.api
import odoo.modules.registry
import odoo.tools


def main(database):
    odoo.tools.config.parse_config(["--log-level=warn", "--no-http"], setup_logging=True)
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        from odoo.addons.client_portal.demo import world

        world.build(env)
        cursor.commit()
    print("LOGINS " + json.dumps(list(world.LOGINS)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

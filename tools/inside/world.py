"""Build the demo world (idempotent) in the configured database and print its logins as JSON.

Runs inside Odoo: `python world.py DATABASE MODULE...`; each module that has one builds its part, in this order.
"""

import importlib
import importlib.util
import json
import sys

import odoo
import odoo.api
import odoo.modules.registry
import odoo.tools


def main(database, *modules):
    odoo.tools.config.parse_config(["--log-level=warn", "--no-http"], setup_logging=True)
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        logins = []
        for name in modules:
            if importlib.util.find_spec(f"odoo.addons.{name}.demo"):
                world = importlib.import_module(f"odoo.addons.{name}.demo.world")
                world.build(env)
                logins += getattr(world, "LOGINS", [])
        cursor.commit()
    print("LOGINS " + json.dumps(logins), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class ClientVerify(Command):
    """Walk the chains of clients' decisions and compare everything with its digest.

    Prints a line for each client and ends with 1 when something is not as it was written.
    """

    name = "client_verify"

    def run(self, cmdargs):
        """Verify the ledgers of one database; nothing is written."""
        parser = self.parser
        parser.add_argument("-c", "--config", help="Odoo's configuration file")
        parser.add_argument("-d", "--database", required=True)
        args, others = parser.parse_known_args(cmdargs)
        file = ["-c", args.config] if args.config else []
        config.parse_config([*file, "-d", args.database, "--no-http", *others], setup_logging=True)
        with Registry(args.database).cursor(readonly=True) as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            sys.exit(0 if self.report(env, print) else 1)

    def report(self, env, say):
        """Say what was found.

        :param say: called with one line at a time
        :return: whether all is as it was written
        """
        sound = True
        for ledger in env["client.ledger"].search([]):
            found = ledger._verify()
            sound = sound and not found
            say(f"{ledger.client_id.name}: {ledger._words(found)}")
        problems = env["client.ledger"]._verify_orphans()
        for problem in problems:
            say(problem)
        return sound and not problems

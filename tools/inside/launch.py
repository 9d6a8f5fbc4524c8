"""Odoo's command line, started from a file: with workers Odoo starts its own `argv[0]` again for the websocket port,
which `python -m odoo` does not survive.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()

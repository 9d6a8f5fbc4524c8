"""`python3 -m tools COMMAND`: check the Python first, then hand over to the command line."""

import sys

SUPPORTED = ((3, 10), (3, 13))


def main():
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        sys.exit(
            "Odoo 19 runs on Python 3.10 to 3.13, this is Python %d.%d. "
            "Name another one: make PYTHON=python3.12 ..." % sys.version_info[:2]
        )
    from . import cli

    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()

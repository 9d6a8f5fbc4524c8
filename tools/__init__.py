"""Bootstrap, demo, test and lint: what the Makefile and the CI call. No part of the Odoo module."""

# Everything goes through `python3 -m tools`. PYTHON names another interpreter (3.10 to 3.13).
PYTHON ?= python3
TOOLS = $(PYTHON) -B -m tools
export TASKS DOCUMENTS ARGS FILES FRESH LANES WORKERS INSTANCE PORT DB

.DEFAULT_GOAL := help

help: ## This list
	@echo "make TARGET [VARIABLE=value ...]"
	@sed -n 's/^\([a-z][a-z0-9-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
	@echo
	@echo "LANES='suite wide live demo_world'     the suite alone; beside optional modules; real servers; the demo world"
	@echo "WORKERS=n        so many tests at a time, each on a database of its own; by default one per processor, up to 4"
	@echo "INSTANCE=name    a second, fully separate work area beside the first (databases, ports, logs)"
	@echo "PGHOST=... PGPORT PGUSER PGPASSWORD    your own PostgreSQL instead of the embedded one"
	@echo "ODOO_SOURCE=/path/to/odoo              your own checkout of Odoo 19.0"
	@echo "CLIENT_PORTAL_CACHE=/path              where downloads, environments and work files go"

demo: ## Serve Odoo with a lived-in demo world on 127.0.0.1, PORT=8069; Ctrl-C ends it
	@$(TOOLS) demo

test: ## All tests on freshly installed databases; FILES='tests/test_gate.py' LANES='suite wide' ARGS='-k foo' narrow it
	@$(TOOLS) test

test-fast: ## The developer's loop: last database, updated if files changed; FILES= LANES= ARGS= FRESH=1
	@$(TOOLS) test-fast

lint: ## ruff, pylint-odoo, OCA's checks, ESLint and our budgets over the whole tree
	@$(TOOLS) lint

format: ## ruff's formatter and safe fixes over FILES='models/x.py', or everything
	@$(TOOLS) format

shell: ## Odoo's Python shell on the demo database (DB=test, DB=wide: on the last one of that lane)
	@$(TOOLS) shell

psql: ## psql on the demo database (DB=test, DB=wide: on the last one of that lane)
	@$(TOOLS) psql

bench: ## Time client pages at 10,000 and 1,000,000 jobs beside stock's; TASKS='10000' names other sizes
	@$(TOOLS) bench

bench-documents: ## Time the library at 100,000 documents of ten versions, and measure a zip of 2 GB; DOCUMENTS=n
	@$(TOOLS) bench-documents

i18n: ## Export the terms to translate into i18n/client_portal.pot
	@$(TOOLS) i18n

screenshots: ## Pictures of the demo world's pages into docs/images/, from a running demo or one started for it
	@$(TOOLS) screenshots

lock: ## Renew the Python lock files from tools/requirements/*.in (needs uv)
	cd tools/requirements && for name in runtime lint; do \
		uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.10 \
			--no-header --no-annotate $$name.in -o $$name.txt || exit 1; done

clean: ## Remove databases and work files of this checkout (INSTANCE=name: only those); the cache stays
	@$(TOOLS) clean

distclean: ## Remove the shared cache too
	@$(TOOLS) distclean

.PHONY: help bench bench-documents demo test test-fast lint format shell psql i18n screenshots lock clean distclean

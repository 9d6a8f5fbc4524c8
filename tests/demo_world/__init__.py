"""Tests that need Odoo's demo data and the demo world; not run where the module is merely installed."""

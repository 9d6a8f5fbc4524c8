"""Tests that need the demo world; not run where the module is merely installed."""

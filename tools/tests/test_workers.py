"""How many tests run at a time."""

import os

import pytest

from tools import say, workers

FILES = ["test_a.py", "test_b.py", "test_c.py"]


@pytest.mark.parametrize(
    ("processors", "named", "count"), [(1, "", 1), (2, "", 2), (64, "", 3), (2, "1", 1), (1, "2", 2), (2, "9", 3)]
)
def test_a_worker_per_processor_unless_named(monkeypatch, processors, named, count):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setenv("WORKERS", named)
    assert workers.options(FILES, []) == ["-n", str(count), "--dist", "loadscope", "--no-loadscope-reorder"]
    assert workers.options(FILES, [], share="loadfile")[-1] == "loadfile"


def test_one_file_is_for_one_worker():
    assert workers.options(FILES[:1], []) == []


@pytest.mark.parametrize("asked", ["-n3", "--pdb", "-s"])
def test_what_somebody_asked_for_is_left_alone(asked):
    assert workers.options(FILES, [asked]) == []


def test_nonsense_is_refused(monkeypatch):
    monkeypatch.setenv("WORKERS", "many")
    with pytest.raises(say.Fail):
        workers.options(FILES, [])

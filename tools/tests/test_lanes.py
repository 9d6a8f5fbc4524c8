"""Reading pytest's report: red, skipped and missing must never look green."""

from pathlib import Path

import pytest

from tools import lanes

CASE = '<testsuites><testsuite><testcase classname="c" name="n">{}</testcase></testsuite></testsuites>'


def read(tmp_path: Path, inner: str, code: int = 0) -> lanes.Outcome:
    report = tmp_path / "report.xml"
    report.write_text(CASE.format(inner))
    return lanes.read("suite", report, code, 1.0)


def test_passed(tmp_path):
    outcome = read(tmp_path, "")
    assert (outcome.ran, outcome.problems) == (1, [])


@pytest.mark.parametrize("tag", ["failure", "error"])
def test_failed(tmp_path, tag):
    assert read(tmp_path, f"<{tag}/>", 1).problems == ["1 failed"]


def test_an_unexpected_skip_is_a_problem(tmp_path):
    assert "was skipped: no browser" in read(tmp_path, '<skipped message="no browser"/>').problems[0]


def test_an_allowed_skip_is_none(tmp_path):
    assert not read(tmp_path, '<skipped message="allowed: module stock is not installed"/>').problems


def test_no_report_is_a_problem(tmp_path):
    assert lanes.read("suite", tmp_path / "none.xml", 3, 1.0).problems


def test_a_crash_after_green_tests_is_a_problem(tmp_path):
    assert read(tmp_path, "", 3).problems


def test_summary_refuses_zero_tests(capsys):
    assert lanes.summary([lanes.Outcome("suite")], 1.0) == 1
    assert capsys.readouterr().out.endswith("0 passed, 0 failed, 0 skipped\n")

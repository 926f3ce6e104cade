"""Several targets beside each other: the worst exit code, where they differ, and what the pages say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal2fa.outcomes import Clause, ExitCode, Force, Outcome
from portal2fa.overview import Judged, Overview, worst
from portal2fa.reports.overview_html import to_html, write
from portal2fa.reports.overview_json import to_json
from portal2fa.reports.overview_terminal import to_plain
from portal2fa.reports.summary import PARTIAL

CLAUSES = (
    Clause("NAV-1", "The client area is found.", Force.MUST, "nav", "p1"),
    Clause("NAV-2", "The <menu> opens.", Force.IMPLIED, "nav", "p1"),
)
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
GOOD = Judged(
    "good",
    "Good portal",
    "http://good.example",
    ExitCode.CONFORMANT,
    "conformant",
    (("NAV-1", PASSED), ("NAV-2", PASSED)),
)
BAD = Judged(
    "bad",
    "Bad portal",
    "http://bad.example",
    ExitCode.NOT_CONFORMANT,
    "not conformant",
    (("NAV-1", PASSED), ("NAV-2", FAILED)),
)
GONE = Judged(
    "gone", "Gone portal", "http://gone.example", ExitCode.INCONCLUSIVE, problem="Nobody answers.\n  hint: no"
)
PART = Judged(
    "part",
    "Part of a portal",
    "http://part.example",
    ExitCode.INCONCLUSIVE,
    "inconclusive",
    (("NAV-1", PASSED),),
    partial=True,
)
OVERVIEW = Overview(CLAUSES, (GOOD, BAD, GONE), "1.0", "portal2fa run")


@pytest.mark.parametrize(
    ("codes", "found"),
    [([0, 0], 0), ([0, 3], 3), ([3, 1, 0], 1), ([6, 3], 6), ([1, 130], 130), ([1, 5], 5), ([130, 4, 5, 1], 4)],
)
def test_the_worst_exit_code_is_that_of_the_run(codes: list[int], found: int) -> None:
    assert worst(map(ExitCode, codes)) == found


def test_only_targets_that_were_run_can_differ() -> None:
    assert [clause.id for clause in OVERVIEW.differing] == ["NAV-2"]
    assert Overview(CLAUSES, (GOOD, GONE), "1.0", "").differing == ()


def test_where_only_a_part_was_run_no_verdict_is_told() -> None:
    overview = Overview(CLAUSES, (GOOD, PART), "1.0", "portal2fa run --clause NAV-1")
    for text in (to_plain(overview, "there"), to_html(overview)):
        assert PARTIAL.casefold() in text.casefold()
        assert "inconclusive" not in text.casefold()
    told = {row["name"]: (row["verdict"], row["partial"]) for row in json.loads(to_json(overview))["targets"]}
    assert told == {"good": ("conformant", False), "part": ("inconclusive", True)}


def test_machines_find_every_cell_and_why_there_is_none() -> None:
    document = json.loads(to_json(OVERVIEW))
    assert document["exit_code"] == 1
    assert [(row["name"], row["verdict"], row["report"]) for row in document["targets"]] == [
        ("good", "conformant", "good/index.html"),
        ("bad", "not conformant", "bad/index.html"),
        ("gone", None, None),
    ]
    assert document["targets"][2]["problem"].startswith("Nobody answers.")
    assert document["clauses"][1]["outcomes"] == {"good": "passed", "bad": "failed", "gone": None}


def test_the_terminal_has_a_line_a_target_and_a_row_a_clause() -> None:
    lines = to_plain(OVERVIEW, "out/index.html").splitlines()
    assert lines[:3] == [
        "1  good: CONFORMANT (exit code 0)",
        "2  bad: NOT CONFORMANT (exit code 1)",
        "3  gone: not run: Nobody answers. (exit code 3)",
    ]
    assert "NAV-2  ✓  ✗  .   The <menu> opens." in lines
    assert lines[-2:] == ["✓ passed, ✗ failed, . not run", "report: out/index.html"]


def test_a_cell_of_the_page_leads_into_the_report_of_its_target(tmp_path: Path) -> None:
    write(OVERVIEW, tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page == to_html(OVERVIEW)
    assert 'href="./bad/index.html#clause-nav-2"' in page
    assert "gone/index.html" not in page
    assert "The &lt;menu&gt; opens." in page
    assert "1 of 2 clauses did not come to the same everywhere" in page
    assert json.loads((tmp_path / "overview.json").read_text(encoding="utf-8"))["exit_code"] == 1

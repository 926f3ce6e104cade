"""The kill matrix as a page, as JSON, as CSV and on the terminal: the same facts, everything escaped."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

from portal2fa.fault_matrix import Column, Matrix, Played, Ran, make
from portal2fa.faults import Fault
from portal2fa.outcomes import Outcome
from portal2fa.reports.fault_html import CELL_MEANINGS, MEANINGS, to_html, write
from portal2fa.reports.fault_json import HEAD, to_csv, to_json
from portal2fa.reports.fault_texts import described, listed, summary
from portal2fa.reports.fault_texts import to_json as catalogue_json
from tests.reports.test_html import Page

TWICE = Fault("twice", "totp", "A code works <b>twice</b>", ("TOTP-7",), "CVE-1", ("f: once",), ("f#once",))
ANY = Fault("any", "totp", "Any code is taken", ("EMAIL-7",), "", ("f: wrong",), ("f#wrong",))
DEAD = Fault("dead", "web", "Nobody gets in", ("NAV-2",), "", ("f: once",), ("f#once",))
INSIDE = Fault("inside", "web", "It is stored in clear text", ("ASVS 6.3.6",), "", not_observable="it is inside")
LONG = Fault("long", "web", "A refusal is long", (), "CVE-2", against_nothing="it is still read")
LATER = Fault("later", "web", "No limit", ("ASVS 6.3.1",), "", not_yet="no scenario counts")
ALL = (TWICE, ANY, DEAD, INSIDE, LONG, LATER)
COLUMNS = (
    Column("f#once", "totp/in.feature", "A code works once", ("TOTP-7",)),
    Column("f#wrong", "totp/in.feature", "A wrong code is refused", ("EMAIL-7",)),
    Column("f#odd", "totp/in.feature", "An odd one", (), "failed on the right portal: it is odd"),
)
RAN = Ran("0", "sha", "Chromium 1", "2026-11-24T06:41:07+00:00", "2026-11-24T06:42:07+00:00", "portal2fa faults run")
PLAYED = (
    Played("twice", "f#once", Outcome.FAILED, "=saw <i>it</i> taken", "a refusal", "<i>it</i>", 1.5),
    Played("twice", "f#wrong", Outcome.FAILED, "saw it elsewhere"),
    Played("any", "f#wrong", Outcome.PASSED, seconds=2.0, repeated=True),
    Played("dead", "f#once", Outcome.CANT_TELL, "no page came"),
    Played("twice", "f#odd", Outcome.UNTESTED, "failed on the right portal: it is odd"),
)


def found() -> Matrix:
    return make(RAN, ALL, COLUMNS, PLAYED, {"dead": "nobody signs in"})


def test_every_fault_and_every_cell_is_on_the_page_with_its_word() -> None:
    text = Page(to_html(found())).always_shown
    for row in found().rows:
        assert row.fault.title in text
        assert row.fault.id in text
        assert row.word.value in text
        for judged in row.cells:
            assert judged.cell.value in text
    for said in (
        "nobody signs in",
        "it is inside",
        "it is still read",
        "no scenario counts",
        "=saw <i>it</i> taken",
        "CVE-1",
        "TOTP-7",
    ):
        assert said in text


def test_what_is_not_caught_comes_first_and_what_is_killed_elsewhere_is_listed() -> None:
    text = Page(to_html(found())).always_shown
    order = [text.index(title) for title in ("What is not caught", "Killed elsewhere", "The faults", "The matrix")]
    assert order == sorted(order)
    opening = text[order[0] : order[1]]
    assert ("Any code is taken" in opening, "Nobody gets in" in opening) == (True, True)
    assert "twice" not in opening


def test_each_scenario_says_from_what_it_protects() -> None:
    text = Page(to_html(found())).always_shown
    part = text[text.index("The scenarios, and from what") : text.index("The matrix")]
    assert part.index("A code works once") < part.index("twice") < part.index("A wrong code is refused")


def test_all_words_and_cells_are_explained() -> None:
    text = Page(to_html(found())).always_shown
    for meaning in (*MEANINGS.values(), *CELL_MEANINGS.values()):
        assert meaning in text


def test_the_page_runs_nothing_and_links_only_within_itself() -> None:
    html = to_html(found())
    page = Page(html)
    assert "<script" not in html
    assert "<i>it</i>" not in html
    assert set(page.values("href")) - {f"#{identity}" for identity in page.values("id")} == set()


def test_a_page_without_any_scenario_is_whole() -> None:
    assert "it is inside" in to_html(make(RAN, [INSIDE], [], [], {}))


def test_the_json_has_the_exit_code_and_every_cell() -> None:
    document = json.loads(to_json(found()))
    assert (document["schema_version"], document["exit_code"]) == (1, 1)
    faults = {fault["id"]: fault for fault in document["faults"]}
    assert {name: fault["word"] for name, fault in faults.items()} == {
        "twice": "caught",
        "any": "survived",
        "dead": "broken",
        "inside": "equivalent",
        "long": "against nothing",
        "later": "not yet",
    }
    assert [cell["cell"] for cell in faults["twice"]["cells"]] == ["killed", "killed elsewhere", "no judge"]
    assert faults["any"]["cells"][0]["repeated"] is True
    assert [scenario["kills"] for scenario in document["scenarios"]] == [["twice"], ["twice"], []]


def test_the_csv_has_a_line_for_each_cell_and_for_each_fault_without_any() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(found()))))
    assert tuple(rows[0]) == HEAD
    assert [(row["fault"], row["cell"]) for row in rows] == [
        ("twice", "killed"),
        ("twice", "killed elsewhere"),
        ("twice", "no judge"),
        ("any", "survived"),
        ("dead", "broken"),
        ("inside", ""),
        ("long", ""),
        ("later", ""),
    ]
    assert rows[0]["reason"] == "'=saw <i>it</i> taken"


def test_the_terminal_names_what_is_not_caught() -> None:
    text = summary(found(), "out/faults/index.html")
    assert text.startswith("1 of 3 faults is caught; 2 not. 1 more is seen by no scenario yet.\nfaults: 1 caught,")
    assert "faults: 1 caught, 1 survived, 1 broken, 1 not yet, 1 equivalent, 1 against nothing" in text
    for said in ("survived: any: Any code is taken", "passed: f#wrong", "broken: dead", "why: nobody signs in"):
        assert said in text
    assert "twice: f#wrong: saw it elsewhere" in text
    assert "f#odd: failed on the right portal" in text
    assert text.endswith("report: out/faults/index.html\n")


def test_the_terminal_and_the_page_say_that_a_run_was_stopped() -> None:
    stopped = replace(found(), ran=replace(RAN, interrupted=True), problems=("it fell over",))
    for text in (summary(stopped, "r"), Page(to_html(stopped)).always_shown):
        assert "stopped before its end" in text
        assert "it fell over" in text


def test_the_list_has_every_fault_by_family_and_counts_them() -> None:
    text = listed(ALL)
    assert text.splitlines()[:2] == ["totp", "  twice   1 scenario       A code works <b>twice</b>"]
    assert text.endswith("6 faults: 3 to be caught, 1 not yet, 1 not observable, 1 against nothing.\n")
    assert [fault["id"] for fault in json.loads(catalogue_json(ALL))] == [fault.id for fault in ALL]


def test_one_fault_is_shown_with_all_that_is_declared_and_how_to_see_it() -> None:
    for said in ("TOTP-7", "CVE-1", "f: once", "http://twice.localhost:PORT"):
        assert said in described(TWICE)
    assert "localhost" not in described(INSIDE)
    assert "goes against nothing: it is still read" in described(LONG)
    assert "localhost" not in described(LONG)
    assert "on the variation" not in described(TWICE)
    assert "on the variation: two-at-once" in described(replace(TWICE, on="two-at-once"))
    there = replace(found(), rows=(replace(found().rows[0], fault=replace(TWICE, on="two-at-once")),))
    assert "CVE-1 · on two-at-once" in to_html(there)


def test_four_files_are_written(tmp_path: Path) -> None:
    write(found(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "faults.csv",
        "faults.json",
        "index.html",
        "kill-matrix.csv",
    ]

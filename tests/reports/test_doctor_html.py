"""The doctor's page: problems first with their edits, everything escaped, pictures linked beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from portal2fa.doctor import Check, Edit, Examination, InTheWay, Outlook, Word
from portal2fa.outcomes import Verdict
from portal2fa.reports.doctor_html import to_html, write
from portal2fa.reports.doctor_json import to_json
from tests.reports.test_html import Page

SEEN = Check("Signed out", "controls.sign_in", Word.OK, 'in sight: the button "Sign in"', picture="evidence/0001.png")
WRONG = Check(
    "Signed in",
    "controls.enable",
    Word.PROBLEM,
    "The portal does not show <b>it</b>",
    cause="controls.enable was not found",
    hint="mend it",
    suspects=("paths.enable",),
    edits=(Edit("controls", 'enable = { role = "button", name = "Enable <it>" }', "it stands on the page"),),
    file="ours.toml",
    line=12,
    picture="evidence/0002.png",
)
UNSEEN = Check("Not looked at", "notices.throttled", Word.NOT_CHECKED, "no portal is made to ask for a pause")
FOUND = Examination(
    name="ours",
    title="Our portal",
    url="https://portal.example",
    profile="ours.toml",
    tool_version="0",
    browser="Chromium 1",
    started="2026-11-24T06:41:07+00:00",
    finished="2026-11-24T06:42:07+00:00",
    command="portal2fa doctor ours.toml",
    checks=(SEEN, WRONG, UNSEEN),
    outlook=Outlook(90, 40, 600.0, ("90 scenarios at 4.0 s each",), (("untested", "no clock", 5),)),
)


def test_every_check_is_on_the_page_with_its_word_and_reason() -> None:
    page = Page(to_html(FOUND))
    for check in FOUND.checks:
        assert check.key in page.always_shown
        assert check.said in page.always_shown
        assert check.word.value in page.always_shown


def test_a_problem_comes_with_place_cause_suspects_and_edit() -> None:
    text = Page(to_html(FOUND)).always_shown
    for said in ("ours.toml:12", WRONG.cause, WRONG.hint, "paths.enable", WRONG.edits[0].line, "[controls]"):
        assert said in text
    assert text.index("To mend") < text.index("Everything that was looked at")


def test_pictures_are_linked_and_nothing_is_fetched_or_run() -> None:
    page = Page(to_html(FOUND))
    sources = [attributes["src"] for tag, attributes in page.tags if tag == "img"]
    assert sorted(sources) == ["./evidence/0001.png", "./evidence/0002.png"]
    assert not [tag for tag, _ in page.tags if tag in ("script", "iframe")]
    outside = replace(FOUND, checks=(replace(SEEN, picture="../../secret.png"),))
    assert "secret.png" not in to_html(outside)


def test_the_outlook_says_that_it_is_an_estimate_and_what_stays_untested() -> None:
    text = Page(to_html(FOUND)).always_shown
    assert "40 mails" in text
    assert "That is an estimate" in text
    assert "no clock" in text


def test_the_page_says_what_a_run_can_say_at_best_and_what_is_in_the_way() -> None:
    assert "At best" not in to_html(FOUND)
    way = InTheWay("untested", "no <b>clock</b>", ("EMAIL-5a", "EMAIL-5b"))
    page = to_html(replace(FOUND, outlook=Outlook(best=Verdict.INCONCLUSIVE, in_the_way=(way,))))
    text = Page(page).always_shown
    assert "At best the run says inconclusive" in text
    assert "untested: no <b>clock</b> (EMAIL-5a, EMAIL-5b)" in text
    assert (
        json.loads(to_json(replace(FOUND, outlook=Outlook(best=Verdict.CONFORMANT))))["examination"]["outlook"]["best"]
        == "conformant"
    )


def test_without_a_problem_the_page_has_nothing_to_mend() -> None:
    text = Page(to_html(replace(FOUND, checks=(SEEN,)))).always_shown
    assert "To mend" not in text
    assert "Everything that could be looked at is as the profile says." in text


def test_what_was_found_is_written_as_page_and_as_data(tmp_path: Path) -> None:
    write(FOUND, tmp_path / "doctor")
    assert (tmp_path / "doctor" / "index.html").read_text("utf-8") == to_html(FOUND)
    document = json.loads((tmp_path / "doctor" / "doctor.json").read_text("utf-8"))
    assert document == json.loads(to_json(FOUND))
    assert document["exit_code"] == 2
    assert document["counts"] == {"ok": 1, "problem": 1, "not checked": 1}
    assert document["examination"]["checks"][1]["edits"][0]["line"] == WRONG.edits[0].line

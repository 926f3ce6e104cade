"""Completing a draft from a written profile: what the draft says stays, what it lacks comes along with its controls."""

from __future__ import annotations

from typing import Any

from tests.drafting.completing import Judged, completed, differences

WRITTEN: dict[str, Any] = {
    "start": {"command": ["start"]},
    "accounts": {"kind": "started"},
    "mailbox": {"kind": "sink", "code_pattern": "written"},
    "backup_codes": {"pattern": "written", "any_case": True},
    "places": {"front": "/"},
    "controls": {"send": {"text": "Send again"}, "enable": {"text": "Enable"}, "leave": {"text": "Back"}},
    "notices": {"off": {"text": "off"}},
    "paths": {"resend": [{"press": "send", "optional": True}], "enable": ["enable"]},
}
DRAFTED: dict[str, Any] = {
    "name": "portal",
    "url": "https://portal.example",
    "accounts": {"kind": "pool"},
    "mailbox": {"kind": "maildir", "path": "/mails", "code_pattern": "drafted"},
    "backup_codes": {"pattern": "drafted"},
    "controls": {"send": {"text": "Send"}, "enable": {"css": "#wrong"}},
    "paths": {"enable": ["enable"], "finish": ["send"]},
}


def test_what_a_draft_says_stays_and_what_it_lacks_is_added() -> None:
    table = completed(DRAFTED, WRITTEN)
    assert table["controls"]["enable"] == {"css": "#wrong"}
    assert table["notices"] == WRITTEN["notices"]
    assert table["places"] == WRITTEN["places"]


def test_it_runs_on_a_portal_of_its_own_with_the_pattern_of_the_draft() -> None:
    table = completed(DRAFTED, WRITTEN)
    assert "url" not in table
    assert table["start"] == WRITTEN["start"]
    assert table["accounts"] == WRITTEN["accounts"]
    assert table["mailbox"] == {"kind": "sink", "code_pattern": "drafted"}


def test_what_only_the_portal_s_words_promise_comes_along() -> None:
    assert completed(DRAFTED, WRITTEN)["backup_codes"] == {"pattern": "drafted", "any_case": True}


def test_a_path_that_is_added_uses_the_controls_that_it_was_written_with() -> None:
    table = completed(DRAFTED, WRITTEN)
    assert table["paths"]["resend"] == [{"press": "send_by_hand", "optional": True}]
    assert table["controls"]["send"] == {"text": "Send"}
    assert table["controls"]["send_by_hand"] == {"text": "Send again"}


def test_a_control_of_a_path_that_the_draft_has_in_its_own_way_is_not_added() -> None:
    written = {**WRITTEN, "paths": {**WRITTEN["paths"], "enable": ["leave", "enable"]}}
    table = completed(DRAFTED, written)
    assert table["paths"]["enable"] == ["enable"]
    assert "leave" not in table["controls"]


def test_a_difference_of_a_scenario_or_of_the_verdict_is_seen() -> None:
    written = Judged("conformant", {"one": "passed", "two": "failed"})
    assert differences(written, written) == {}
    drafted = Judged("inconclusive", {"one": "cantTell"})
    assert differences(written, drafted) == {
        "verdict": ("conformant", "inconclusive"),
        "one": ("passed", "cantTell"),
        "two": ("failed", None),
    }

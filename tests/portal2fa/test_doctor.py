"""What follows from checks: exit code and sentence; whom a problem is blamed on; what a run will take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.clauses import Label, ScenarioOutline, load_register, read_scenarios
from portal2fa.cli.doctor import _Shower as Shower
from portal2fa.consent import allowed_on
from portal2fa.doctor import About, Check, Examination, Outlook, Word, exit_code, sentence
from portal2fa.doctor_best import in_words as best_in_words
from portal2fa.doctor_best import line, with_best
from portal2fa.doctor_blame import in_order, named
from portal2fa.doctor_capabilities import Sights, judged
from portal2fa.doctor_edits import Seen
from portal2fa.doctor_outlook import Pace, in_words, outlook
from portal2fa.doctor_wordings import ANYWHERE, CHOICE, OFF, ON, PAGES, SIGNS
from portal2fa.drafting.vocabulary import load
from portal2fa.outcomes import ExitCode, Verdict
from portal2fa.profile import Profile
from portal2fa.profile_accounts import Account, Accounts
from portal2fa.profile_files import find_root, load_target

ROOT = find_root()
ROWS = read_scenarios(ROOT / "features")
FINE = Check("Signed out", "controls.enable", Word.OK, "in sight")
WRONG = replace(FINE, word=Word.PROBLEM)
AROUND = replace(WRONG, key="mailbox", about=About.SURROUNDINGS)
UNSEEN = replace(FINE, word=Word.NOT_CHECKED)


def found(*checks: Check, **facts: object) -> Examination:
    plain = Examination("ours", "Ours", "", "ours.toml", "0", "Chromium", "", "", "portal2fa doctor", checks)
    return replace(plain, **facts)  # type: ignore[arg-type]


def reference() -> Profile:
    return load_target("reference", ROOT).profile


@pytest.mark.parametrize(
    ("examination", "expected"),
    [
        (found(FINE, UNSEEN), ExitCode.CONFORMANT),
        (found(FINE, WRONG), ExitCode.USAGE),
        (found(FINE, AROUND), ExitCode.INCONCLUSIVE),
        (found(AROUND, WRONG), ExitCode.USAGE),
        (found(FINE, interrupted=True), ExitCode.INTERRUPTED),
        (found(WRONG, interrupted=True, not_restored=("ana",)), ExitCode.NOT_RESTORED),
    ],
)
def test_the_exit_code_says_who_has_to_mend_something(examination: Examination, expected: ExitCode) -> None:
    assert exit_code(examination) is expected


def test_the_sentence_counts_problems_by_who_can_mend_them() -> None:
    said = sentence(found(WRONG, replace(WRONG, key="controls.name"), AROUND))
    assert said == "2 problems in the profile and 1 problem of the portal or the means to mend before a run."
    assert sentence(found(FINE)) == "Everything that could be looked at is as the profile says."


def test_entries_are_read_from_what_an_error_says() -> None:
    said = "neither notices.on nor controls.enable was seen after paths.two_factor; see accounts.pool[1].password"
    assert named(said) == ("notices.on", "controls.enable", "paths.two_factor", "accounts.pool[1]")


@pytest.mark.parametrize(
    ("led_on", "strange", "right", "first"),
    [
        (True, (), (), "notices.choice"),
        (False, (), (), "paths.enable"),
        (False, ("controls.enable",), (), "controls.enable"),
        (False, (), ("paths.enable",), "controls.enable"),
    ],
)
def test_the_likeliest_entry_comes_first(
    led_on: bool, strange: Sequence[str], right: Sequence[str], first: str
) -> None:
    entries = ("paths.enable", "controls.enable", "notices.choice")
    ordered = in_order(entries, goal="notices.choice", led_on=led_on, strange=strange, right=right)
    assert ordered[0] == first
    assert set(ordered) == set(entries)


# --- capabilities ---------------------------------------------------------------------------------------------------


def told(
    name: str,
    *,
    declared: bool,
    right: Sequence[str] = (),
    wrong: Sequence[str] = (),
    page: Sequence[Seen] = (),
    key_shown: bool | None = None,
    more: Mapping[str, Sequence[Seen]] | None = None,
) -> tuple[str, str]:
    """What is said of a capability when `page` stands on every page that is looked at, or `more` on some of them."""
    profile = reference()
    profile = profile.model_copy(update={"capabilities": profile.capabilities.model_copy(update={name: declared})})
    labels = {"email": Label("Email Two-Factor Authentication", "METH-3")}
    sights = Sights(more if more is not None else dict.fromkeys(PAGES, page), key_shown=key_shown)
    each = judged(profile, right=right, wrong=wrong, sights=sights, labels=labels)
    mine = next(one for one in each if one.name == name)
    return mine.word, mine.said


def test_a_capability_that_is_declared_and_seen_is_well() -> None:
    assert told("live_chat", declared=True, right=["controls.live_chat"])[0] == "ok"


def test_a_capability_that_is_declared_and_missing_is_a_problem() -> None:
    assert told("live_chat", declared=True, wrong=["controls.live_chat"])[0] == "problem"
    assert told("live_chat", declared=True)[0] == "unknown"


def test_what_is_declared_absent_and_stands_on_a_page_is_a_problem() -> None:
    word, said = told("live_chat", declared=False, page=[Seen("link", "Live chat")])
    assert (word, '"Live chat"' in said) == ("problem", True)
    documented = {ANYWHERE: [Seen("radio", "Email Two-Factor Authentication")], CHOICE: []}
    assert told("email_codes", declared=False, more=documented)[0] == "problem"
    for role in ("text", "heading"):
        assert told("live_chat", declared=False, page=[Seen(role, "Live chat")])[0] == "unknown"


ROLES = {"front_page": "link", "turn_off_help_link": "link", "time_based_tokens": "radio", "email_codes": "radio"}


@pytest.mark.parametrize("language", ["en", "ms", "de", "fr", "es", "pt", "ja", "zh", "ar"])
def test_what_is_declared_absent_is_seen_in_every_language(language: str) -> None:
    topics = load().topics
    for name, sign in SIGNS.items():
        wording = " ".join(topics[topic][language][0] for topic in sign.topics) or "Get it on Google Play"
        word, said = told(name, declared=False, page=[Seen(ROLES.get(name, "button"), wording)], key_shown=False)
        assert word == "problem", (name, wording, said)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("cancel", Seen("link", "Back")),
        ("cancel", Seen("link", "Zurück")),
        ("support_link", Seen("link", "Support")),
        ("front_page", Seen("link", "Login")),
        ("email_codes", Seen("link", "Email")),
        ("turn_off", Seen("button", "Remove")),
    ],
)
def test_a_wording_that_may_mean_something_else_is_no_problem_and_is_told(name: str, seen: Seen) -> None:
    word, said = told(name, declared=False, page=[seen])
    assert (word, f'the {seen.role} "{seen.name}" may be it' in said) == ("unknown", True)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("email_codes", Seen("textbox", "Email")),
        ("help_link", Seen("link", "Learn more")),
        ("turn_off", Seen("button", "Delete the address from this account")),
        ("resend", Seen("heading", "Resend code")),
    ],
)
def test_what_only_sounds_alike_is_left_in_peace(name: str, seen: Seen) -> None:
    word, said = told(name, declared=False, page=[seen])
    assert (word, "which does not prove it" in said, seen.name in said) == ("unknown", True, False)


@pytest.mark.parametrize("name", sorted({*SIGNS, "known_status", "method_selection"} - {"front_page"}))
def test_what_is_declared_absent_and_was_only_not_seen_is_not_confirmed(name: str) -> None:
    word, said = told(name, declared=False, key_shown=False)
    assert (word, said.endswith("which does not prove it")) == ("unknown", True)


def test_a_way_off_that_names_what_is_turned_off_is_seen_and_advice_on_it_is_told() -> None:
    button, link = Seen("button", "Disable Two-Factor Authentication"), Seen("link", "How to disable two-factor login")
    assert told("turn_off", declared=False, page=[button])[0] == "problem"
    assert told("turn_off", declared=False, page=[link])[0] == "unknown"


def test_a_label_that_codes_have_as_well_is_not_taken_for_that_of_a_backup_code() -> None:
    assert told("backup_code", declared=False, page=[Seen("textbox", "Código de seguridad")])[0] == "unknown"


@pytest.mark.parametrize("name", ["front_page", "known_status", "method_selection", "cancel", "turn_off"])
def test_a_page_that_was_not_come_to_proves_nothing(name: str) -> None:
    word, said = told(name, declared=False, more={ANYWHERE: []})
    assert (word, "was not come to" in said) == ("unknown", True)


def test_a_front_that_is_the_sign_in_is_no_front_page() -> None:
    assert told("front_page", declared=False, right=["places.front"], more={ANYWHERE: []})[0] == "ok"


def test_a_state_is_said_where_both_pages_say_theirs() -> None:
    off, on = Seen("text", "Zwei-Faktor ist ausgeschaltet"), Seen("heading", "Zwei-Faktor ist aktiviert")
    help_text = Seen("text", "Two-factor can be turned off")
    assert told("known_status", declared=False, more={OFF: [off], ON: [on]})[0] == "problem"
    assert told("known_status", declared=False, more={OFF: [help_text], ON: [help_text]})[0] == "unknown"
    assert told("known_status", declared=False, more={OFF: [off], ON: [off]})[0] == "unknown"


def test_a_choice_is_one_of_two_methods_that_can_be_marked() -> None:
    app, mail = Seen("radio", "Authenticator-App"), Seen("radio", "E-Mail")
    assert told("method_selection", declared=False, more={CHOICE: [app, mail]})[0] == "problem"
    assert told("method_selection", declared=False, more={CHOICE: [app]})[0] == "unknown"
    links = [replace(seen, role="link") for seen in (app, mail)]
    assert told("method_selection", declared=False, more={CHOICE: links})[0] == "unknown"


@pytest.mark.parametrize(("shown", "word"), [(True, "problem"), (False, "unknown"), (None, "unknown")])
def test_the_secret_itself_says_whether_there_is_a_manual_key(shown: bool | None, word: str) -> None:
    assert told("manual_key", declared=False, key_shown=shown)[0] == word


def test_the_way_off_says_whether_a_password_is_asked_for() -> None:
    assert told("turn_off_password", declared=False)[0] == "problem"
    profile = reference()
    free = {**profile.paths, "turn_off": profile.paths["turn_off"][-1:]}
    offers = profile.capabilities.model_copy(update={"turn_off_password": False})
    profile = profile.model_copy(update={"paths": free, "capabilities": offers})
    for right, word in (["paths.turn_off"], "ok"), ([], "unknown"):
        each = judged(profile, right=right, wrong=(), sights=Sights(), labels={})
        assert next(one.word for one in each if one.name == "turn_off_password") == word


# --- outlook --------------------------------------------------------------------------------------------------------


def test_the_outlook_counts_the_scenarios_that_the_gates_let_through() -> None:
    profile = reference()
    everything = allowed_on(profile, ())
    whole = outlook(profile, ROWS, Pace(), absent={}, allowed=everything)
    assert whole.scenarios == len(ROWS) - 2
    assert [(word, number) for word, _, number in whole.left_out] == [("inapplicable", 1)] * 2
    assert [why.rpartition("that the portal ")[2] for _, why, _ in whole.left_out] == [
        "lets an account have one method on at a time",
        "leaves it to the customer to have a second factor",
    ]
    poor = profile.model_copy(update={"mailbox": profile.mailbox.model_copy(update={"kind": "none"})})
    less = outlook(poor, ROWS, Pace(), absent={}, allowed=everything)
    assert less.mails == 0
    assert whole.mails > 10
    [(word, reason, number)] = [row for row in less.left_out if row not in whole.left_out]
    assert (word, "mailbox" in reason, number) == ("untested", True, whole.scenarios - less.scenarios)


def test_the_outlook_knows_what_waiting_costs() -> None:
    profile = reference()
    moved = outlook(profile, ROWS, Pace(), absent={})
    waiting = profile.model_copy(update={"clock": profile.clock.model_copy(update={"kind": "wait"})})
    waited = outlook(waiting, ROWS, Pace(), absent={})
    assert waited.seconds >= moved.seconds + 600
    assert any("ten minutes" in said for said in waited.rests_on)
    assert not any("ten minutes" in said for said in moved.rests_on)


def test_the_outlook_says_how_the_run_gets_shorter_or_why_it_does_not() -> None:
    free = outlook(reference(), ROWS, Pace(), absent={})
    assert any("--lanes 4 plays 4 side by side" in said for said in free.rests_on)
    profile = reference()
    alone = profile.model_copy(update={"mailbox": profile.mailbox.model_copy(update={"kind": "person"})})
    [said] = [said for said in outlook(alone, ROWS, Pace(), absent={}).rests_on if "at a time" in said]
    assert "asked for one at a time" in said
    pool = Accounts(kind="pool", pool=(Account(username="ana", password="p"),))
    one = profile.model_copy(update={"accounts": pool})
    [said] = [said for said in outlook(one, ROWS, Pace(), absent={}).rests_on if "at a time" in said]
    assert "an account of [accounts]" in said
    assert "with 4 of them --lanes 4 plays 4 side by side" in said


def test_the_outlook_is_as_slow_as_what_was_measured() -> None:
    slow = outlook(reference(), ROWS, Pace(walk=60.0, measured=True), absent={})
    assert slow.seconds >= 60.0 * slow.scenarios
    assert "this examination" in slow.rests_on[0]
    assert in_words(slow).startswith(f"A full run will play {slow.scenarios} scenarios")
    assert "hours" in in_words(slow)


# --- the best verdict -----------------------------------------------------------------------------------------------


def at_best(
    profile: Profile, rows: Sequence[ScenarioOutline] = ROWS, *, absent: Mapping[str, str] | None = None
) -> Outlook:
    """The outlook with what a run of `rows` says at best."""
    clauses = load_register(ROOT / "features" / "clauses.toml").clauses
    return with_best(Outlook(), profile, rows, everything=ROWS, clauses=clauses, absent=absent or {})


def test_with_all_means_and_offers_conformant_is_in_reach() -> None:
    found = at_best(reference())
    assert (found.best, found.in_the_way) == (Verdict.CONFORMANT, ())
    assert best_in_words(found).startswith("At best the run says conformant: ")


def test_what_is_missing_for_a_binding_clause_keeps_conformant_out_of_reach_and_is_told_with_the_clauses() -> None:
    profile = reference()
    timeless = profile.model_copy(update={"clock": profile.clock.model_copy(update={"kind": "none"})})
    found = at_best(timeless)
    assert found.best is Verdict.INCONCLUSIVE
    [clock] = [line(one) for one in found.in_the_way if "clock to move or wait by" in one.reason]
    assert clock.startswith("untested: the profile 'reference' gives the tester no clock to move or wait by (")
    assert "EMAIL-5b" in clock
    assert "exit code 3; conformant is out of reach" in best_in_words(found)
    offers = profile.capabilities.model_copy(update={"backup_code": False})
    without = at_best(profile.model_copy(update={"capabilities": offers}))
    [backup] = without.in_the_way
    assert (backup.word, "offers no backup code" in backup.reason) == ("inapplicable", True)
    assert {"BACKUP-1", "BACKUP-2"} <= set(backup.clauses)


def test_a_means_that_this_machine_lacks_counts_and_one_for_advice_alone_does_not() -> None:
    found = at_best(reference(), absent={"clock": "libfaketime is not installed"})
    assert {one.reason for one in found.in_the_way} == {"libfaketime is not installed"}
    profile = reference()
    linkless = profile.capabilities.model_copy(update={"store_links": False, "live_chat": False})
    assert at_best(profile.model_copy(update={"capabilities": linkless})).best is Verdict.CONFORMANT


def test_a_part_of_the_specification_proves_no_whole() -> None:
    part = [row for row in ROWS if "needs.clock" not in row.tags]
    found = at_best(reference(), part)
    assert found.best is Verdict.INCONCLUSIVE
    assert any("a part cannot prove the whole" in one.reason for one in found.in_the_way)
    norms_left_out = [row for row in ROWS if row.clauses]
    assert at_best(reference(), norms_left_out).best is Verdict.CONFORMANT


def test_where_the_portal_was_not_reached_nothing_is_said() -> None:
    assert best_in_words(Outlook()) == ""


def test_at_the_terminal_it_comes_after_what_will_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    poor = reference().model_copy(update={"clock": reference().clock.model_copy(update={"kind": "none"})})
    whole = outlook(poor, ROWS, Pace(), absent={})
    shown = replace(found(FINE), outlook=replace(at_best(poor), scenarios=whole.scenarios, left_out=whole.left_out))
    Shower(err=False).end(shown, Path("doctor/index.html"))
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, text in enumerate(lines) if text.startswith("At best the run says inconclusive"))
    assert "clock to move or wait by" in "".join(lines[:at])
    assert any(text.startswith("  untested: ") and "EMAIL-5b" in text for text in lines[at + 1 :])

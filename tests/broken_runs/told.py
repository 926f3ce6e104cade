"""What a profile tells of a portal beyond what can be pointed at, told wrongly, each with a scenario that rests on it.

The right portal is as its own profile has it, so that some can be wrong only of a portal that is other than it: that is
the reference portal with a fault, to which the profile of the right one is wrong in just this entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from portal2fa.profile import Profile
from tests.broken_runs.cases import MAILBOX, Case, Table

_BACKUP, _MAIL, _OFF = "backup_code/works.feature", "email_codes", "turning_it_off/turning_off.feature"
_RIGHT_AFTER_WRONG = f"{_MAIL}/confirming.feature#in-the-set-up-what-is-refused-and-the-right-one-then-accepted"
_SIGNS_IN_AFTER_WRONG = f"{_MAIL}/signing_in.feature#at-sign-in-what-is-refused-and-the-mailed-code-signs-in"
_USED_UP = "wrong-try-uses-the-mailed-code-up"


def _of_the_faulty(fault: str, **says: Table) -> Table:
    """What a profile says of the portal with a fault; of the right portal the same may be true."""
    options = ["--port", "0", "--smtp", "{smtp}", "--test-control", "--cheap-passwords"]
    return {"start": {"command": ["{python}", "-m", "tests.broken_runs.faulty", fault, *options]}, **says}


TOLD: list[tuple[Case, str]] = [
    (
        Case("backup_codes.any_case", "is said in vain", _of_the_faulty("backup-code-needs-capitals")),
        f"{_BACKUP}#in-small-letters-without-dashes-the-backup-code-signs-in",
    ),
    (
        Case("codes.spaces", "is said in vain", _of_the_faulty("app-code-with-spaces-refused")),
        "accessibility/where_codes_go.feature#a-code-with-a-space-in-it-signs-in",
    ),
    (
        Case("methods.together", "is not said", _of_the_faulty("enable-offered-while-on")),
        "finding_the_settings/security_settings.feature#an-account-that-has-a-second-factor-is-not-offered-it-again",
    ),
    (
        Case("methods.together", "is said in vain", {"methods": {"together": True}}),
        f"{_OFF}#with-both-methods-on-turning-two-factor-sign-in-off-leaves-neither",
    ),
    (Case("methods.forced", "is said in vain", {"methods": {"forced": True}}), _RIGHT_AFTER_WRONG),
    (Case("wrong_code.seconds", "is too short", _of_the_faulty(_USED_UP)), _RIGHT_AFTER_WRONG),
    (Case("wrong_code.set_up", "is not said to end", _of_the_faulty(_USED_UP)), _RIGHT_AFTER_WRONG),
    (Case("wrong_code.challenge", "is not said to end", _of_the_faulty(_USED_UP)), _SIGNS_IN_AFTER_WRONG),
    (
        Case(
            "wrong_code.email.set_up",
            "is said to stay",
            _of_the_faulty(_USED_UP, wrong_code={"email": {"set_up": "stays"}}),
        ),
        _RIGHT_AFTER_WRONG,
    ),
    (
        Case("capabilities.backup_replacement", "is said in vain", _of_the_faulty("used-backup-code-not-replaced")),
        f"{_BACKUP}#the-replacement-is-shown-differs-and-works",
    ),
    (
        Case("capabilities.turn_off_password", "is said in vain", _of_the_faulty("turned-off-without-the-password")),
        f"{_OFF}#with-which-password-method-stay-on-with-the-right-one-they-go-off",
    ),
    (
        Case("mailbox.resend_after", "is too short", _of_the_faulty("resend-sends-nothing")),
        f"{_MAIL}/resending.feature#a-mail-with-a-new-code-arrives",
    ),
    (
        Case(
            "mailbox.lifetime_pattern",
            "finds nothing",
            {"mailbox": {**MAILBOX, "lifetime_pattern": r"(\d+) fortnights"}},
        ),
        f"{_MAIL}/expiry.feature#the-limit-of-10-minutes-is-stated",
    ),
    (
        Case("mailbox.link_pattern", "finds nothing", {"mailbox": {**MAILBOX, "link_pattern": "no such link"}}),
        "security/password_reset.feature#after-a-reset-a-code-of-the-app-is-still-asked-for",
    ),
    (
        Case(
            "screens.small.controls.name",
            "points at nothing",
            {"screens": {"small": {"below": 1400, "controls": {"name": {"role": "button", "name": "Nobody at all"}}}}},
        ),
        "finding_the_settings/name_menu.feature#on-a-kind-screen-the-name-is-in-the-corner",
    ),
    (
        Case("clock", "moves nothing", {"clock": {"kind": "command", "command": ["{python}", "-c", "", "{offset}"]}}),
        f"{_MAIL}/expiry.feature#a-second-before-the-limit-the-code-is-accepted",
    ),
    (Case("start", "starts nothing", {"start": {"command": ["{python}", "-c", ""]}}), _RIGHT_AFTER_WRONG),
]
"""Entries that are told wrongly, each with a scenario."""

_FETCHING = "where mails are fetched: a message before the run, or no mail comes (tests/fixtures/, docs/mailboxes.md)"
ELSEWHERE: dict[str, str] = {
    "profile_version": "one value is taken, any other is refused before the run",
    "name": "a word of the report",
    "title": "a word of the report",
    "url": "a portal that does not answer ends the run before it begins (tests/portal2fa/test_bad_surroundings.py)",
    "origins": "a host too few is blocked and named with the scenario, one too many lets through what is not needed",
    "certificate": "what is not trusted ends the run before it begins, and what is not checked is reported "
    "(tests/portal2fa/test_bad_surroundings.py)",
    "language": "a portal that speaks another one shows none of the words of the profile, and these are named",
    "accounts": "of a pool, value by value, in test_account_in_runs.py; of another kind in kinds.py",
    **{
        f"mailbox.{name}": _FETCHING
        for name in ("kind", "path", "host", "port", "username", "password", "folder", "security", "verify", "ca_file")
    },
    **{f"mailbox.{name}": _FETCHING for name in ("api", "url", "command", "smtp")},
    "mailbox.seconds": "a mail that comes later is looked out for before it is missed (tests/steps/test_mails.py)",
    "mailbox.settle": "how long is looked out for what must not come: too long costs time, and that it is too short "
    "shows on no portal that sends no second mail",
    "timing.answer": "too short by far is refused before the run; in kinds.py",
    "wrong_code.locks_at": "says how much a run gives, not what is judged: too high a number lets a portal lock an "
    "account, which is told then; one too low leaves scenarios undecided and is named (tests/steps/test_budget.py)",
    "wrong_code.time_based": "as wrong_code.email",
    "wrong_code.email.challenge": "as wrong_code.email.set_up",
    "capabilities": "what is declared in vain is broken control by control and notice by notice; what is declared "
    "absent leaves scenarios out (tests/portal2fa/test_gates.py)",
    "locales": "laid over the other tables, whose entries are broken one by one",
}
"""Keys of a profile that are broken elsewhere, or that no wrong value can make decide anything, with the reason."""


def keys(model: type[BaseModel] = Profile, before: str = "") -> Iterator[str]:
    """Every key of a profile by its path; tables that a profile names things in are one key."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}"

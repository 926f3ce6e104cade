"""A sample result with every outcome, every kind of evidence and hostile text, for the tests of all reports."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.outcomes import (
    Clause,
    Deviation,
    Evidence,
    FeatureProse,
    Force,
    Outcome,
    ProfileEntry,
    ProfileFile,
    Result,
    RuleProse,
    ScenarioResult,
    StepResult,
    TargetFacts,
)

HOSTILE = 'Welcome <script>alert("x")</script> & <b>back</b>'
NO_MAILBOX = "The profile names no mailbox, so mail cannot be read."
NO_BACKUP = "The profile of example-portal declares that backup codes are not offered."
NO_CONSENT = "Destructive scenarios were not consented to on the command line."
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

_CLAUSES = (
    ("FIND-1", Force.MUST, "Finding the settings", "The customer's name at the top right opens a menu.", "step 2"),
    ("FIND-2", Force.MUST, "Finding the settings", "The menu leads to the security settings.", "step 3"),
    ("FIND-3", Force.MUST, "Finding the settings", "A control there begins switching two-factor on.", "step 5"),
    ("METHOD-1", Force.MUST, "Choosing a method", "Both methods are offered side by side.", "option 1 and 2"),
    ("TOTP-1", Force.MUST, "Time-based tokens", "A QR code is shown that an app can read.", "option 1, step 2"),
    ("TOTP-4", Force.IMPLIED, "Time-based tokens", "Two-factor stays off until a correct code was given.", "option 1"),
    ("TOTP-5", Force.IMPLIED, "Time-based tokens", "A code that was used is not accepted again.", "option 1"),
    ("MAIL-1", Force.MUST, "Email codes", "A code is sent to the registered address.", "option 2, step 2"),
    ("MAIL-3", Force.MUST, "Email codes", "A code older than ten minutes is refused.", "option 2, step 2"),
    ("MAIL-4", Force.SHOULD, "Email codes", "Asking for a new code voids the one before.", "option 2"),
    ("BACKUP-1", Force.MUST, "Backup code", "A backup code is handed over once two-factor is on.", "option 1, step 3"),
    ("BACKUP-2", Force.IMPLIED, "Backup code", "The backup code replaces the app.", "option 1, step 3"),
    ("SEC-1", Force.SHOULD, "Security", "Guessing codes is slowed down.", "norm"),
    ("A11Y-1", Force.SHOULD, "Accessibility", "The way can be walked with the keyboard alone.", "norm"),
    ("INFO-1", Force.INFO, "Security", "Where an authenticator app can be had is told.", "introduction"),
)
_MEANS = {
    "MAIL-3": "Whoever finds an old mail can still sign in with it: set the age limit in the mail method's settings.",
    "SEC-1": "A second factor of six digits can be tried out.",
}
_REMEDIES = {
    "MAIL-3": "Store when a code was made, and refuse it at `10` minutes & later.",
    "TOTP-4": "Keep the secret aside.",
    "TOTP-5": "Keep the last step.",
    "SEC-1": "Count wrong codes.",
}
_EXCLUSIONS = {"INFO-1": "It is a sentence of the help page about app stores, not about the portal."}


def scenario(
    identity: str, name: str, rule: str, clauses: str, outcome: Outcome = Outcome.PASSED, **found: object
) -> ScenarioResult:
    """Build a scenario whose feature is the part of `identity` before `#`."""
    made = ScenarioResult(
        id=identity,
        name=name,
        feature=identity.partition("#")[0],
        line=12,
        rule=rule,
        clauses=tuple(clauses.split()),
        tags=tuple(f"clause.{clause}" for clause in clauses.split()),
        outcome=outcome,
        seconds=0.0 if outcome in (Outcome.UNTESTED, Outcome.INAPPLICABLE) else 1.84,
    )
    return replace(made, **found)  # type: ignore[arg-type]  # the fields are checked by the dataclass


def steps(*texts: str, end: str = "passed", message: str = "") -> tuple[StepResult, ...]:
    """Build steps that pass up to the last, which ends with `end`."""
    made = [StepResult(keyword, text, "passed", 0.31) for keyword, _, text in (each.partition(" ") for each in texts)]
    return (*made[:-1], replace(made[-1], status=end, message=message))


def _scenarios() -> tuple[ScenarioResult, ...]:
    sign_in = steps("Given Ana is signed in", "When she opens her security settings", "Then she can switch it on")
    enable = Deviation(
        "Enable button", "FIND-3", "Click Here to Enable", "Enable", "The profile maps `enable` to this label."
    )
    menu = Deviation("Name menu", "FIND-2", "Security Settings", "Account security")
    return (
        scenario(
            "journey.feature#with-an-app",
            "Ana switches it on with an app",
            "The documented way works",
            "FIND-1 FIND-2 FIND-3 METHOD-1",
            steps=sign_in,
            deviations=(enable, menu),
            evidence=(Evidence("screenshot", "The settings page", "evidence/settings page.png"),),
        ),
        scenario(
            "journey.feature#by-email",
            "Ben switches it on by email",
            "The documented way works",
            "FIND-1 FIND-2 FIND-3",
            steps=sign_in,
            deviations=(enable,),
        ),
        scenario(
            "time_based_tokens/offering.feature#qr",
            "The QR code can be read",
            "The secret is offered",
            "TOTP-1",
            steps=sign_in,
        ),
        scenario(
            "time_based_tokens/confirming.feature#wrong-then-right",
            "A wrong code leaves it off, a right one then turns it on",
            "Two-factor sign-in stays off until a correct code is given",
            "TOTP-4",
            steps=sign_in,
        ),
        scenario(
            "time_based_tokens/confirming.feature#replay",
            "A used code is refused, a fresh one accepted",
            "A code works once",
            "TOTP-5",
            Outcome.CANT_TELL,
            reason="The control “Authentication code” was not found within 10 s.",
            steps=(
                *steps(
                    "Given Ana signs in with an app",
                    "When she gives the code again",
                    end="error",
                    message="LookupError: no textbox “Authentication code”",
                ),
                StepResult("Then", "the portal refuses the code", "skipped"),
            ),
            evidence=(Evidence("screenshot", "The page when the control was missing", "evidence/replay.png"),),
        ),
        scenario("email_codes/sending.feature#arrives", "The code arrives", "A code is sent", "MAIL-1", steps=sign_in),
        scenario(
            "email_codes/expiry.feature#too-old",
            "A code of eleven minutes is refused",
            "A code lives for ten minutes",
            "MAIL-3",
            Outcome.FAILED,
            reason="The portal accepted a code that was 11 minutes old.",
            expected="The portal refuses the code and Ben stays signed out.",
            seen=HOSTILE,
            steps=steps(
                "Given Ben was sent a code",
                "When 11 minutes pass and he gives it",
                "Then the portal refuses the code",
                end="failed",
            ),
            evidence=(
                Evidence("screenshot", "Ben's page after the old code", "evidence/too-old.png"),
                Evidence("mail", "The mail with the code", "evidence/too-old.eml"),
                Evidence("http", "Answer of the portal", text="HTTP/1.1 302 Found\nlocation: /clientarea"),
            ),
        ),
        scenario(
            "email_codes/expiry.feature#just-in-time",
            "A code of nine minutes is accepted",
            "A code lives for ten minutes",
            "MAIL-3",
            steps=sign_in,
        ),
        scenario(
            "email_codes/resend.feature#voids",
            "A new code voids the old one",
            "The newest code counts",
            "MAIL-4",
            Outcome.UNTESTED,
            reason=NO_MAILBOX,
        ),
        scenario(
            "backup_code/handed_over.feature#shown",
            "The backup code is shown",
            "It is handed over once",
            "BACKUP-1",
            Outcome.INAPPLICABLE,
            reason=NO_BACKUP,
        ),
        scenario(
            "backup_code/signing_in.feature#lost-phone",
            "Ana signs in without her phone",
            "It works once",
            "BACKUP-2",
            Outcome.INAPPLICABLE,
            reason=NO_BACKUP,
        ),
        scenario(
            "security/guessing.feature#burst",
            "A burst of wrong codes is slowed down",
            "Guessing is slowed",
            "SEC-1",
            Outcome.UNTESTED,
            reason=NO_CONSENT,
        ),
        scenario(
            "accessibility/keyboard.feature#tab",
            "The way is walked with Tab and Enter",
            "No pointer is needed",
            "A11Y-1",
            steps=sign_in,
        ),
    )


def _features() -> tuple[FeatureProse, ...]:
    why = "Why: the second factor is worth what its weakest moment is worth.\n\nSee also `features/README.md`."
    prose = "It starts when the customer has shown that the second factor\nis in hand, and not before.\n\n" + (
        "Each rule below is one sentence that can be false."
    )
    chapters = {"": "", "journey.feature": ""}
    found: dict[str, dict[str, None]] = {}
    for each in _scenarios():
        found.setdefault(each.feature, {})[each.rule] = None
        chapters[each.feature] = each.feature.rpartition("/")[0].replace("_", " ").capitalize()
    return tuple(
        FeatureProse(
            path,
            chapters[path],
            path.rpartition("/")[2].removesuffix(".feature").replace("_", " ").capitalize(),
            prose,
            tuple(RuleProse(rule, why) for rule in rules),
        )
        for path, rules in found.items()
    )


def _entries() -> tuple[ProfileEntry, ...]:
    own, base = "profiles/example-portal.toml", "fixtures/profiles/documented.toml"
    return (
        ProfileEntry("controls.enable", own, 31, exercised=True, css_only=False),
        ProfileEntry("controls.name", base, 60, exercised=True, css_only=True),
        ProfileEntry("paths.finish[0]", own, 41, exercised=False, css_only=False),
        ProfileEntry("controls.done", own, 33, exercised=False, css_only=True),
        ProfileEntry("notices.off", base, 97, exercised=True, css_only=False),
    )


@pytest.fixture
def sample() -> Result:
    """A run that found a portal not conformant, with something of every outcome."""
    return build_sample()


def build_sample() -> Result:
    """The sample as a plain function, for looking at a report by hand."""
    return Result(
        target=TargetFacts(
            name="example-portal",
            title="Example client portal",
            url="https://portal.example/clientarea",
            profile="profiles/example-portal.toml",
            profile_digest="sha256:" + "9f2c41d07ab3e856" * 4,
            capabilities={"time_based_tokens": True, "email_codes": True, "backup_code": False},
            means={"accounts": True, "clock": True, "mailbox": False},
            notes=("Adapted by code: `ExampleSignIn`.",),
            files=(
                ProfileFile("profiles/example-portal.toml", "sha256:" + "b07d44c19ae2f583" * 4),
                ProfileFile("fixtures/profiles/documented.toml", "sha256:" + "5c8e10f7d3b26a94" * 4),
            ),
        ),
        tool_version="0.1.0",
        suite_digest="sha256:" + "41be7d90c2f6a538" * 4,
        browser="Chromium 141.0.7390.37, headless",
        started="2026-11-24T06:41:07+00:00",
        finished="2026-11-24T06:43:19+00:00",
        command="portal2fa run --target profiles/example-portal.toml",
        selection="",
        clauses=tuple(
            Clause(i, text, force, chapter, source, _MEANS.get(i, ""), _EXCLUSIONS.get(i, ""), _REMEDIES.get(i, ""))
            for i, force, chapter, text, source in _CLAUSES
        ),
        features=_features(),
        scenarios=_scenarios(),
        profile_entries=_entries(),
    )


@pytest.fixture
def report_folder(tmp_path: Path, sample: Result) -> Path:
    """A folder that holds every evidence file of the sample, as a run leaves it before reports are written."""
    for each in sample.scenarios:
        for item in each.evidence:
            if item.path:
                path = tmp_path / item.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(PIXEL)
    return tmp_path

"""Patterns of the profile against what the portal shows and mails: keys, backup codes, their advice, mailed codes."""

from __future__ import annotations

import re

from fixtures.actor import Actor, Answer
from fixtures.authenticator import normal_secret
from fixtures.mailbox.mail import Mail
from portal2fa import clock
from portal2fa.doctor import About, Edit
from portal2fa.doctor_edits import setting
from portal2fa.drafting.vocabulary import load
from portal2fa.errors import CannotTell
from steps.tasks import backup, budget, doubts, mail, setting_up
from steps.tasks.doctor import proposing
from steps.tasks.doctor.examiner import Examiner

_ALL_TEXT = """() => [
    document.body.innerText, ...[...document.querySelectorAll('input,textarea')].map((e) => e.value),
].join('\\n')"""


def time_step(examiner: Examiner, period: int) -> None:
    """`timing.period` against what the QR code says."""
    said = examiner.world.profile.timing.period
    if period != said:
        examiner.ledger.problem(
            "timing.period",
            f"The portal's codes have a time step of {period} seconds, and the profile says {said}",
            cause="the QR code says so, or leaves it at the 30 seconds that apps take then",
            edits=(setting("timing.period", period, "as the QR code says"),),
        )
    else:
        examiner.ledger.ok("timing.period", f"a time step of {said} seconds")


def manual_key(examiner: Examiner, secret: str) -> None:
    """The key for typing: has to be the secret that was scanned."""
    actor = examiner.actor
    tried = examiner.attempt(lambda: setting_up.manual_key(actor))
    if tried.value is not None and normal_secret(tried.value) == normal_secret(secret):
        examiner.ledger.ok("manual_key.pattern", "finds the secret that the QR code holds")
        return
    found = actor.portal.control("manual_key")
    shown = proposing.text(found.first) if found.count() else ""
    in_it = normal_secret(secret) in normal_secret(shown)
    error = tried.error or CannotTell(
        "The key for typing is not the secret in the QR code.",
        cause="manual_key.pattern finds another text in controls.manual_key",
        hint="point the control at the key alone, or let the pattern cut it out",
    )
    if in_it:
        examiner.blame(error, first="manual_key.pattern")
        return
    examiner.blame(error, first="controls.manual_key")


def stands_there(actor: Actor, secret: str) -> bool:
    """Whether a secret can be read on the page that shows it as a picture."""
    return normal_secret(secret) in normal_secret(_all_text(actor))


def _all_text(actor: Actor) -> str:
    """What stands on the page, in its fields as well."""
    return str(actor.portal.page.evaluate(_ALL_TEXT))


def backup_code(examiner: Examiner) -> None:
    """The backup code that is handed over: whether control and pattern find it."""
    actor = examiner.actor
    tried = examiner.attempt(lambda: backup.receive(actor))
    if tried.value:
        examiner.ledger.ok("backup_codes.pattern", f"finds {len(tried.value)} in what controls.backup_code shows")
        examiner.ledger.ok("paths.show_backup_code", "leads to the backup code")
        return
    error = tried.error or CannotTell(
        "No backup code was handed over.",
        cause="controls.backup_code was not found after paths.show_backup_code",
        hint="mend controls.backup_code, or set capabilities.backup_code = false",
    )
    pattern = examiner.world.profile.backup_codes.pattern
    missing = not actor.portal.control("backup_code").count()
    elsewhere = re.search(pattern, _all_text(actor)) is not None and "only a part" not in error.cause
    first = "controls.backup_code" if missing or elsewhere else "backup_codes.pattern"
    path = "show_backup_code" if examiner.world.profile.paths["show_backup_code"] else ""
    examiner.blame(error, path, first=first)


def advice(examiner: Examiner) -> None:
    """The advice beside the backup code; a portal that gives none has no wrong entry, and a run tells of it."""
    words = (seen.name for seen in examiner.page() if seen.role in ("text", "heading"))
    if examiner.actor.portal.sees("safe_advice") or any(load().says("safe", said) for said in words):
        examiner.shown("notices", ("safe_advice",), "beside the backup code")
    else:
        examiner.ledger.unchecked("notices.safe_advice", "nothing beside the backup code reads like such an advice")


def no_backup_code(examiner: Examiner) -> None:
    """Declared that none is handed over: nothing on the page should look like one."""
    text = examiner.actor.portal.page.inner_text("body")
    values = examiner.actor.portal.page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]),textarea,output')].map(e => e.value).join('\\n')"
    )
    if re.search(examiner.world.profile.backup_codes.pattern, f"{text}\n{values}"):
        examiner.ledger.problem(
            "capabilities.backup_code",
            "The profile declares that no backup code is handed over, and something that looks like one is in sight",
            cause="backup_codes.pattern finds it on the page that announces the second factor",
            edits=(setting("capabilities.backup_code", value=True),),
        )


# --- mail -----------------------------------------------------------------------------------------------------------


def first_mail(examiner: Examiner) -> bool:
    """Wait for the first mail with a code, measuring how long it takes; whether one came."""
    actor, told = examiner.actor, examiner.world.profile.mailbox
    if told.kind == "none":
        examiner.ledger.unchecked("mailbox", "the profile gives the tester no mailbox")
        return False
    begun = clock.moment()
    tried = examiner.attempt(lambda: mail.code_in(actor, mail.await_code_mail(actor)))
    if tried.error is None:
        took = clock.moment() - begun
        if examiner.world.mailbox.watches:
            examiner.mail_seconds = took
        examiner.ledger.ok("mailbox", f"a code that the portal mailed arrived after {took:.1f} s")
        examiner.ledger.ok("mailbox.code_pattern", "finds one code in the mail")
        return True
    known = mail.code_mails(actor)
    others = [other for other in mail.new_mails(actor) if other not in known]
    if known and not others:
        examiner.ledger.problem(
            "mailbox.resend_after",
            "The portal mailed a code before, and none when it was asked once more",
            cause=tried.error.cause,
            hint="say how long the portal sends no further code after one",
            suspects=("mailbox.seconds", "mailbox.code_pattern"),
            edits=(setting("mailbox.resend_after", 60, "a usual pause"),),
        )
        return False
    if not others:
        examiner.ledger.problem(
            "mailbox",
            tried.error.what,
            cause=tried.error.cause,
            hint=tried.error.hint,
            about=About.SURROUNDINGS,
            suspects=("mailbox.seconds", "paths.start_email"),
        )
        return False
    _tell_mail(examiner, others[-1], tried.error)
    return False


def _tell_mail(examiner: Examiner, other: Mail, error: Exception) -> None:
    """A mail came, and the patterns do not know it: which of them, and what would fit."""
    told = examiner.world.profile.mailbox
    cause = getattr(error, "cause", "")
    wrong = []
    if told.sender_pattern and not re.search(told.sender_pattern, other.sender, re.IGNORECASE):
        edit = setting("mailbox.sender_pattern", re.escape(_address(other.sender)).replace(r"\-", "-"))
        wrong.append(("mailbox.sender_pattern", f"the mail is from {other.sender}", edit))
    if told.subject_pattern and not re.search(told.subject_pattern, other.subject, re.IGNORECASE):
        edit = setting("mailbox.subject_pattern", re.sub(r"\d+", r"\\d+", re.escape(other.subject).replace(r"\ ", " ")))
        wrong.append(("mailbox.subject_pattern", f'the subject of the mail is "{other.subject}"', edit))
    if not wrong:
        edit = setting("mailbox.code_pattern", mail.pattern_for(other))
        wrong.append(("mailbox.code_pattern", f'it finds no single code in the mail "{other.subject}"', edit))
    keys = tuple(key for key, _, _ in wrong)
    for key, because, edit in wrong:
        others = tuple(other_key for other_key in keys if other_key != key)
        examiner.ledger.problem(
            key, getattr(error, "what", str(error)), cause=f"{because}; {cause}", suspects=others, edits=(edit,)
        )


def _address(sender: str) -> str:
    found = re.search(r"[\w.+-]+@[\w.-]+", sender)
    return found[0] if found else sender


# --- codes that were refused ----------------------------------------------------------------------------------------


def refused_code(examiner: Examiner, path: str, answer: Answer) -> None:
    """A code that has to be right was refused: by the way of giving it, or because it is cut out wrongly."""
    actor = examiner.actor
    said = " ".join(answer.text.split())
    rests_on = doubts.of_answer(actor)
    error = CannotTell(
        "The portal refused a code that has to be right.",
        cause=f'it said: "{said}"',
        hint="the way of giving it may miss something, or " + (" or ".join(rests_on[1:]) or "the clock may be off"),
    )
    if answer.notice == "not offered":
        error = CannotTell(
            "The portal did not let the code be given.",
            cause=said,
            hint="look at the picture: what the path presses may be switched off until something else is filled in",
        )
    first = ""
    edits: tuple[Edit, ...] = ()
    if path.endswith("_email") and (latest := mail.code_mails(actor)):
        fitting = mail.pattern_for(latest[-1])
        whole = {found for _, text in latest[-1].parts for found in re.findall(fitting, text)}
        given = mail.code_candidates(actor, latest[-1])
        if not given & whole:
            first, edits = "mailbox.code_pattern", (setting("mailbox.code_pattern", fitting),)
    if first:
        examiner.ledger.problem(
            first,
            error.what,
            cause=f"it finds only a part of the code, or another number, in the mail; {error.cause}",
            suspects=(f"paths.{path}",),
            edits=edits,
            picture=examiner.page_picture(),
        )
        return
    if not _types_a_code(examiner, path):
        first = f"paths.{path}"
    examiner.blame(error, path, first=first)
    if examiner.world.refused[actor.account.username] >= budget.most_wrong(actor):
        examiner.ledger.unchecked("notices.throttled", "no further code is given to the account")


def _types_a_code(examiner: Examiner, path: str) -> bool:
    wanted = "{backup_code}" if path.endswith("backup_code") else "{code}"
    return any(wanted in action.value for action in examiner.world.profile.paths[path])

"""The examination from beginning to end, and what it leaves: every account as it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Error

from fixtures.actor import Actor
from fixtures.giving_back import give_back
from fixtures.world import World
from portal2fa import clock, doctor_blame, profile_altering
from portal2fa.clauses import ScenarioOutline, read_scenarios
from portal2fa.doctor import About, Check, Outlook
from portal2fa.doctor_best import with_best
from portal2fa.doctor_capabilities import Sights, judged
from portal2fa.doctor_edits import setting
from portal2fa.doctor_outlook import Pace, outlook
from portal2fa.errors import CLOSED, CannotTell, EnvironmentProblem, Portal2faError
from portal2fa.profile import CAPABILITY_OF, METHODS, Profile
from portal2fa.profile_names import TABLES
from portal2fa.session import Session
from steps.tasks import arriving
from steps.tasks.doctor import factors, inside, means, outside
from steps.tasks.doctor.examiner import Examiner, Stopped
from steps.tasks.doctor.ledger import Ledger, Place, Tell

THERE = "The way there"
OUTSIDE = "Signed out"
SIGN_IN = "Signing in"
INSIDE = "Signed in"
MEANS = "Accounts and clock"
DECLARED = "What is declared"
REST = "Not looked at"
_METHOD = {"time_based": "Time-based tokens", "email": "Email codes"}
PARTS = (OUTSIDE, MEANS, SIGN_IN, INSIDE, *_METHOD.values(), DECLARED)
"""The parts that can be chosen, in order."""
_KEYS = {"accounts": "accounts", "mailbox": "mailbox", "clock": "clock", "portal": "url", "browser": "browser"}
"""The entry that a means that could not be opened stands for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an examination leaves."""

    checks: tuple[Check, ...]
    outlook: Outlook
    not_restored: tuple[str, ...]
    interrupted: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What an examination is asked for, besides the session."""

    place: Place
    tell: Tell
    stopped: Callable[[], bool]
    rows: tuple[ScenarioOutline, ...] = ()
    """The scenarios of the run that the outlook is for."""


def examine(session: Session, asked: Asked) -> Found:
    """Examine the target of a session; what keeps the examination from beginning is a check as well."""
    ledger = Ledger(asked.place, asked.tell)
    ledger.part = THERE
    recorder, profile = session.recorder, session.target.profile
    try:
        world = World(session)
    except EnvironmentProblem as problem:
        _tell_unreached(ledger, problem, session.reached[-1])
        return Found(ledger.checks(recorder.masked), Outlook(), (), interrupted=False)
    recorder.findings.browser, recorder.findings.url = world.browser.version, world.url
    try:
        examiner = Examiner(world, ledger, asked.stopped)
        _tell_way(examiner, profile)
        interrupted = walk(examiner)
        _tell_rest(ledger, profile)
        ahead = with_best(
            outlook(profile, asked.rows, _pace(examiner), absent=world.absent, allowed=world.allowed),
            profile,
            asked.rows,
            everything=read_scenarios(session.root / "features"),
            clauses=session.register.clauses,
            absent=world.absent,
            allowed=world.allowed,
        )
        left = {*recorder.findings.not_restored, *world.accounts.left_open()}
        return Found(ledger.checks(recorder.masked), ahead, tuple(sorted(left)), interrupted)
    finally:
        world.close()


def walk(examiner: Examiner, parts: Collection[str] = PARTS) -> bool:
    """Go through the parts; whether the person at the terminal ended it."""
    try:
        _first_parts(examiner, parts)
        for method in METHODS:
            if _METHOD[method] in parts and examiner.world.profile.capabilities.offers(CAPABILITY_OF[method]):
                _method(examiner, method)
        if DECLARED in parts:
            examiner.begin(DECLARED)
            _declared(examiner)
    except Stopped:
        return True
    except EnvironmentProblem as problem:
        _tell_unreached(examiner.ledger, problem, "")
    except Error as error:
        _tell_browser(examiner.ledger, error)
    finally:
        examiner.settle()
    return False


def _first_parts(examiner: Examiner, parts: Collection[str]) -> None:
    if MEANS in parts:
        examiner.begin(MEANS)
        means.accounts(examiner)
    chosen = [part for part in (OUTSIDE, SIGN_IN, INSIDE) if part in parts]
    if not chosen and MEANS not in parts:
        return
    with _somebody(examiner, MEANS) as actor:
        if actor is None:
            return
        if MEANS in parts:
            means.clock(examiner)
        deeds = {OUTSIDE: outside.look_around, SIGN_IN: outside.sign_in, INSIDE: inside.look_around}
        for part in chosen:
            examiner.begin(part)
            deeds[part](examiner)


def _method(examiner: Examiner, method: str) -> None:
    begun = clock.moment()
    with _somebody(examiner, _METHOD[method]) as actor:
        if actor is not None and factors.look_through(examiner, method):
            examiner.walked.append(clock.moment() - begun)


@contextmanager
def _somebody(examiner: Examiner, part: str) -> Iterator[Actor | None]:
    """Somebody with an account that has no factor on; it is given back as it was, whatever happens."""
    examiner.begin(part)
    world = examiner.world
    world.actors, world.current = {}, None
    try:
        tried = examiner.attempt(lambda: arriving.enters(world, "Ana"))
        if tried.error is not None:
            _tell_nobody(examiner, tried.error)
        yield tried.value
    finally:
        for actor in world.actors.values():
            _give_back(examiner, actor)
        world.actors, world.current = {}, None


def _give_back(examiner: Examiner, actor: Actor) -> None:
    if not give_back(examiner.world, actor):
        examiner.ledger.problem(
            "restoring",
            f"{actor.account.username} was not put back as it was",
            hint="mend the cause and call `portal2fa restore`, or turn its second factor off by hand",
            about=About.SURROUNDINGS,
        )


def _tell_nobody(examiner: Examiner, error: Portal2faError) -> None:
    """Nobody could come in: that is to be blamed on an entry, on the accounts, or on the portal."""
    ledger = examiner.ledger
    if isinstance(error, CannotTell) and "cannot be used" in error.what:
        outside.tell_shut_out(examiner, error)
    elif examiner.world.current is not None:  # an account was free, so it is the way in
        path = "prepare" if "prepare" in examiner.world.profile.paths else "sign_in"
        examiner.blame(error, path if doctor_blame.named(error.what, error.cause) else "")
    elif any(check.key.startswith("accounts.") for check in ledger.problems()):
        ledger.unchecked(f"accounts for: {ledger.part}", f"{error.what[:-1]}: {error.cause}")  # why, was told of each
    else:
        ledger.problem("accounts", error.what, cause=error.cause, hint=error.hint, about=About.SURROUNDINGS)


def _declared(examiner: Examiner) -> None:
    """Each capability, in the light of all that was seen."""
    ledger = examiner.ledger
    wrong = {check.key for check in ledger.problems()}
    told = judged(
        examiner.world.profile,
        right=ledger.right(),
        wrong=wrong,
        sights=Sights(examiner.pages, examiner.replaced, examiner.key_shown),
        labels=examiner.world.labels,
    )
    for each in told:
        key = f"capabilities.{each.name}"
        declared = bool(getattr(examiner.world.profile.capabilities, each.name))
        if each.word == "ok":
            ledger.ok(key, each.said)
        elif each.word == "unknown":
            ledger.unchecked(key, each.said)
        else:
            edit = setting(key, not declared, "if the portal really does not have it" if declared else "it was seen")
            ledger.problem(key, f"{each.name} {each.said}", suspects=each.suspects, edits=(edit,))


def _tell_way(examiner: Examiner, profile: Profile) -> None:
    """Portal and browser were reached, or there would be no world."""
    world = examiner.world
    if not world.arrived_at:
        examiner.ledger.ok("url", f"the portal was started, and answers at {world.url}")
        return
    place = profile.places["sign_in"]
    asked = urljoin(profile.url + "/", place if isinstance(place, str) else place[0])
    came_to = world.arrived_at.partition("?")[0]
    led = "" if came_to == asked.partition("?")[0] else f", by way of which one comes to {came_to}"
    examiner.ledger.ok("url", f"{profile.url} answers{led}")
    if profile.url.startswith("https"):
        checked = profile.certificate == "checked"
        said = "is trusted by this machine" if checked else "was not checked, as the profile says"
        examiner.ledger.ok("certificate", f"the certificate {said}")


def _tell_unreached(ledger: Ledger, problem: EnvironmentProblem, means_: str) -> None:
    key = "certificate" if "certificate" in problem.what else _KEYS.get(means_, "portal")
    ledger.problem(key, problem.what, cause=problem.cause, hint=problem.hint, about=About.SURROUNDINGS)


def _tell_browser(ledger: Ledger, error: Error) -> None:
    """The browser ended in the middle, or came to a page with which it could not go on."""
    said = str(error).splitlines()[0]
    ended = CLOSED in said
    ledger.problem(
        "browser",
        f"The browser {'ended' if ended else 'could not go on'} in the middle of the examination.",
        cause=said,
        hint="leave its windows open; where nobody closed one, look for memory, or name another with --browser"
        if ended
        else "call the doctor again; if it stops there again, name another browser with --browser",
        about=About.SURROUNDINGS,
    )


def _tell_rest(ledger: Ledger, profile: Profile) -> None:
    """Every entry that was never come to, and why."""
    ledger.part = REST
    blocked = [check.key for check in ledger.problems() if not check.key.startswith("capabilities.")]
    certain = {action.control for path in profile.paths.values() for action in path if not action.optional}
    altering = profile_altering.entries(profile)
    for table, known in TABLES.items():
        for name in getattr(profile, table):
            key = f"{table}.{name}"
            needs = known[name].capability if name in known else ""
            if needs and not profile.capabilities.offers(needs):
                why = f"capabilities.{needs} is false"
            elif key in altering:
                why = "it changes what the account signs in with, and no account is changed for an examination"
            elif name == "throttled":
                why = "no portal is made to ask for a pause"
            elif table == "controls" and name not in certain and name not in known:
                why = "it is used only where it is there, and was not"
            elif blocked:
                why = f"it comes after {blocked[0]}, which has to be mended first" if len(blocked) == 1 else _BEHIND
            else:
                why = "no way of this examination came by it"
            ledger.unchecked(key, why)


_BEHIND = "it comes after something that has to be mended first"


def _pace(examiner: Examiner) -> Pace:
    if not examiner.walked:
        return Pace(mail=examiner.mail_seconds or Pace().mail)
    return Pace(min(examiner.walked) / 3, examiner.mail_seconds or Pace().mail, measured=True)

"""A method from the choice to a protected account: set-up, sign-in, backup code."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.actor import Actor, Answer
from portal2fa.doctor_wordings import CHOICE, ON, SET_UP
from portal2fa.errors import CannotTell
from portal2fa.profile import CAPABILITY_OF, METHODS
from steps.tasks import answering, backup, codes, doubts, mail, navigation, setting_up, signing_in, stores
from steps.tasks.doctor import beyond, pages, patterns, way_back
from steps.tasks.doctor.examiner import Examiner, Tried

WORDS = {"time_based": "time-based tokens", "email": "email codes"}
"""The methods as the specification calls them."""


def look_through(examiner: Examiner, method: str) -> bool:
    """All entries of a method, on an account that has none on; whether it was turned on and off again."""
    if not _choose(examiner, method) or not _set_up(examiner, method):
        return False
    if not _confirm(examiner, method):
        return False
    _handed_over(examiner)
    _state_is_on(examiner)
    if not _challenge(examiner, method):
        return False
    beyond.new_backup_code(examiner)
    if not way_back.turn_off(examiner):
        return False
    if examiner.world.profile.capabilities.cancel:
        _leave_half_way(examiner, method)
    return True


# --- the choice -----------------------------------------------------------------------------------------------------


def _choose(examiner: Examiner, method: str) -> bool:
    actor, profile = examiner.actor, examiner.world.profile
    controls = tuple(name for name in METHODS if profile.capabilities.offers(CAPABILITY_OF[name]))
    if not examiner.leads("enable", lambda: _reach_choice(actor), goal="choice", then=controls):
        return False
    examiner.keep(CHOICE)
    examiner.hidden(("announced_on", "turned_off", f"turned_off_{method}"), "where a method is chosen")
    examiner.shown("controls", (*controls, "get_started"), "where a method is chosen", suspects=("notices.choice",))
    if len(controls) > 1 and pages.same(actor.portal, *controls):
        _tell_same(examiner, method)
    if profile.capabilities.store_links and method == "time_based":
        _stores(examiner)
    if profile.capabilities.method_selection:
        examiner.leads(f"choose_{method}", lambda: _chosen(actor, method), then=())
    return True


def _reach_choice(actor: Actor) -> bool:
    navigation.reach_choice(actor)
    return True


def _chosen(actor: Actor, method: str) -> bool:
    setting_up.choose(actor, method)
    return True


def _tell_same(examiner: Examiner, method: str) -> None:
    """Both methods are one control: the one whose wording is nearer to the other's documented one is wrong."""
    labels = examiner.world.labels
    documented = {name: doubts.named_as_documented(examiner.actor, name) for name in ("time_based", "email")}
    wrong = next((name for name, right in documented.items() if not right and name in labels), method)
    other = "email" if wrong == "time_based" else "time_based"
    examiner.ledger.problem(
        f"controls.{wrong}",
        "Both methods are found by the same control",
        cause=f"controls.{wrong} and controls.{other} point at one element",
        suspects=(f"controls.{other}",),
        edits=examiner.edits(f"controls.{wrong}", examiner.page()),
        picture=examiner.page_picture(),
    )


# --- the set-up -----------------------------------------------------------------------------------------------------


def _begun(actor: Actor, method: str) -> bool:
    setting_up.start_from_anywhere(actor, method)
    return True


def _after_start(examiner: Examiner, method: str) -> tuple[str, ...]:
    """Controls that are in sight once the set-up of a method has begun."""
    path = examiner.world.profile.paths[f"confirm_{method}"]
    return tuple(dict.fromkeys(action.control for action in path if action.control and not action.optional))[:1]


def _set_up(examiner: Examiner, method: str) -> bool:
    """Begin the set-up, and look at what it shows; whether it can go on to a code."""
    actor = examiner.actor
    path, goal = f"start_{method}", f"{method}_started"
    if not examiner.leads(path, lambda: _begun(actor, method), goal=goal, then=_after_start(examiner, method)):
        return False
    examiner.keep(SET_UP)
    # a refusal may stand there already, as what the form still lacks: a run waits it away, and so it is told by that
    examiner.hidden(("announced_on", "turned_off", f"turned_off_{method}"), "before a code was given")
    examiner.shown("controls", _after_start(examiner, method), "in the set-up")
    return _app(examiner) if method == "time_based" else _mail(examiner)


def _leave_half_way(examiner: Examiner, method: str) -> None:
    """Begin once more, and leave by the portal's own way out.

    This comes last: some portals mail no further code for a while after one, and the set-up needs its own.
    """
    actor = examiner.actor
    tried = examiner.attempt(lambda: _begun(actor, method))
    if tried.error is not None:
        examiner.ledger.unchecked(f"paths.cancel_{method}", f"the set-up could not be begun again: {tried.error.what}")
        return
    examiner.leads(f"cancel_{method}", lambda: _cancelled(actor))


def _cancelled(actor: Actor) -> bool:
    setting_up.cancel(actor)
    return True


def _app(examiner: Examiner) -> bool:
    """The QR code and the key for typing; whether the app is linked."""
    actor, offers = examiner.actor, examiner.world.profile.capabilities
    scanned = examiner.attempt(lambda: setting_up.scan(actor))
    if scanned.value is None:
        assert scanned.error is not None
        elsewhere = setting_up.read_page(actor)
        cause = "there is one elsewhere on the page" if elsewhere else ""
        examiner.blame(_because(scanned.error, cause), first="controls.qr_code")
        return False
    examiner.ledger.ok("controls.qr_code", "holds a secret for an authenticator app")
    patterns.time_step(examiner, scanned.value.period)
    if offers.manual_key:
        patterns.manual_key(examiner, scanned.value.secret)
    else:
        examiner.key_shown = patterns.stands_there(actor, scanned.value.secret)
    return True


def _stores(examiner: Examiner) -> None:
    """The links to the app, where a method is chosen."""
    actor = examiner.actor
    for store in stores.STORES.values():
        tried = examiner.attempt(lambda store=store: stores.link_to(actor, store))  # type: ignore[misc]
        if tried.error is not None:
            examiner.blame(tried.error, first=f"controls.{store.control}")


def _because(error: Exception, cause: str) -> CannotTell:
    what, before = getattr(error, "what", str(error)), getattr(error, "cause", "")
    told = "; ".join(filter(None, [before, cause]))
    return CannotTell(what, cause=told, hint=getattr(error, "hint", ""))


def _mail(examiner: Examiner) -> bool:
    """The mail with the code, and a second one on request; whether one came."""
    actor = examiner.actor
    examiner.shown("controls", ("authorization_code",), "in the set-up")
    if not patterns.first_mail(examiner):
        return False
    if examiner.world.profile.capabilities.resend:
        examiner.leads("resend", lambda: _asked_again(actor))
    return True


def _asked_again(actor: Actor) -> bool:
    from steps.tasks import requesting  # noqa: PLC0415

    requesting.resend(actor)
    return True


# --- codes ----------------------------------------------------------------------------------------------------------


def _wrong_code(actor: Actor) -> str:
    if actor.method == "email":
        return mail.wrong_code(actor)
    return codes.wrong_code(actor, "a code that is not shown by the app")


def _confirm(examiner: Examiner, method: str) -> bool:
    """A wrong code, then the right one; whether the factor is on."""
    actor, path = examiner.actor, f"confirm_{method}"
    wrong = examiner.attempt(lambda: answering.give_wrong(actor, _wrong_code(actor)))
    if wrong.error is not None and not _starts_anew(examiner, lambda: _linked(actor, method)):
        examiner.blame(wrong.error, path, goal=f"{method}_refused")
        return False
    right = examiner.attempt(lambda: setting_up.confirm_after_refusal(actor))
    _judge(examiner, path, wrong, right, refused=f"{method}_refused", accepted="announced_on", then=_after_on(examiner))
    return right.value is not None and right.value.accepted


def _after_on(examiner: Examiner) -> tuple[str, ...]:
    """Controls that are in sight once the factor was announced to be on."""
    finish = [a.control for a in examiner.world.profile.paths.get("finish", ()) if a.control]
    return ("backup_code", *finish)


def _linked(actor: Actor, method: str) -> bool:
    setting_up.start_from_anywhere(actor, method)
    if method == "time_based":
        setting_up.scan(actor)
    return True


def _starts_anew(examiner: Examiner, begin: Callable[[], object]) -> bool:
    """Begin again what a code that came to nothing may have ended."""
    examiner.actor.answer = None
    return examiner.attempt(begin).error is None


def _judge(
    examiner: Examiner,
    path: str,
    wrong: Tried[Answer],
    right: Tried[Answer],
    *,
    refused: str,
    accepted: str,
    then: tuple[str, ...],
) -> None:
    """Two answers tell which entry is wrong: the way, the notice of the refusal, or that of the acceptance."""
    took = right.value is not None and right.value.accepted
    if wrong.value is not None and wrong.value.accepted:
        cause = f"notices.{accepted} was seen after a code that is not right, given by paths.{path}"
        hint = "give a wrong code by hand; where it is refused, the notice fits that page as well"
        error = CannotTell("The portal seems to accept a wrong code.", cause=cause, hint=hint)
        examiner.blame(error, path, goal=accepted)
        return
    if took:
        examiner.ledger.ok(f"paths.{path}", "gave a code that the portal took")
        examiner.hidden((refused,), "although the code was accepted", against=accepted)
        if wrong.error is not None:
            examiner.blame(wrong.error, path, goal=refused, first=f"notices.{refused}", tried=wrong)
        return
    if right.error is not None:
        if wrong.error is not None:  # what came first may be the cause
            examiner.blame(wrong.error, path, goal=refused, tried=wrong)
        examiner.blame(right.error, path, goal=accepted, then=then)
        if wrong.error is None and not examiner.ledger.knows(f"notices.{accepted}"):
            examiner.ledger.unchecked(f"notices.{accepted}", f"no code was seen to be accepted by paths.{path}")
        return
    assert right.value is not None
    patterns.refused_code(examiner, path, right.value)


# --- once it is on --------------------------------------------------------------------------------------------------


def _handed_over(examiner: Examiner) -> None:
    """The backup code with its advice, and the way out of the announcement."""
    actor, offers = examiner.actor, examiner.world.profile.capabilities
    if offers.backup_code:
        patterns.backup_code(examiner)
        patterns.advice(examiner)
    else:
        patterns.no_backup_code(examiner)
    examiner.glance("finish")
    tried = examiner.attempt(lambda: setting_up.leave(actor))
    if tried.error is not None:
        examiner.blame(tried.error, "finish")
    elif "finish" in examiner.world.profile.paths:
        examiner.ledger.ok("paths.finish", "could be walked")


def _state_is_on(examiner: Examiner) -> None:
    actor = examiner.actor
    if not examiner.world.profile.capabilities.known_status:
        return
    tried = examiner.attempt(lambda: navigation.reach(actor, "two_factor"))
    if tried.error is not None:
        examiner.blame(tried.error)
        return
    where = "in the two-factor settings of an account that has one on"
    if not any(actor.portal.notice(name).count() for name in ("on",)):
        actor.portal.page.wait_for_load_state()
    examiner.keep(ON)
    if examiner.shown("notices", ("on",), where, suspects=("places.two_factor",)):
        examiner.hidden(("off",), where, against="on")


def _challenge(examiner: Examiner, method: str) -> bool:
    """Sign in anew: with a wrong code and the right one, then with backup codes; whether somebody is in."""
    actor, asked = examiner.actor, f"{method}_asked"
    tried = examiner.attempt(lambda: _asked(actor, asked))
    if tried.error is not None:
        proven = "paths.sign_in" in examiner.ledger.right() or examiner.world.control is not None
        examiner.blame(tried.error, "sign_in", goal=asked, first=f"notices.{asked}" if proven else "")
        return False
    actor.answer = None
    path, refused = f"sign_in_{method}", f"{method}_sign_in_refused"
    examiner.hidden(("signed_in",), "before a code was given")
    if examiner.world.profile.capabilities.resend and method == "email" and not examiner.ledger.knows("paths.resend"):
        examiner.leads("resend", lambda: _asked_again(actor))
    wrong = examiner.attempt(lambda: answering.give_wrong(actor, _wrong_code(actor)))
    ends = examiner.world.profile.wrong_code.ends(method, setting_up=False)
    if (wrong.error is not None or ends) and not _starts_anew(examiner, lambda: _asked(actor, asked)):
        hint = "sign in by hand after a wrong code: the portal may lock the account, or want a pause"
        anew = CannotTell("The sign-in could not be begun again.", hint=hint)
        examiner.blame(wrong.error or anew, path, goal=refused)
        return False
    right = examiner.attempt(lambda: answering.give_right(actor))
    _judge(examiner, path, wrong, right, refused=refused, accepted="signed_in", then=("name",))
    if right.value is None or not right.value.accepted:
        return False
    known = examiner.ledger.knows("paths.sign_in_backup_code")
    if examiner.world.profile.capabilities.backup_code and actor.backup_codes and not known:
        _by_backup_code(examiner, asked)
    return True


def _asked(actor: Actor, notice: str) -> bool:
    """Give the password in a fresh browser; raises `CannotTell` unless the portal then asks for the code."""
    answer = signing_in.from_fresh_browser(actor)
    if answer != notice:
        raise CannotTell(
            "The sign-in did not ask for the code of the method that is on.",
            cause=f"notices.{answer} was seen instead of notices.{notice}",
            hint="look at the picture: mend the notice, or see whether the factor is really on",
        )
    return True


def _by_backup_code(examiner: Examiner, asked: str) -> None:
    """A backup code that is not the person's, then their own; and whether a new one is handed over for it."""
    actor = examiner.actor
    path, refused, mine = "sign_in_backup_code", "backup_code_refused", actor.backup_codes[-1]
    tried = examiner.attempt(lambda: _asked(actor, asked))
    if tried.error is not None:
        examiner.blame(tried.error, "sign_in", goal=asked)
        return
    examiner.glance(path)
    wrong = examiner.attempt(lambda: answering.give_wrong_backup_code(actor, backup.wrong(actor)))
    if wrong.error is not None and not _starts_anew(examiner, lambda: _asked(actor, asked)):
        examiner.blame(wrong.error, path, goal=refused)
        return
    right = examiner.attempt(lambda: answering.give_backup_code(actor, mine))
    _judge(examiner, path, wrong, right, refused=refused, accepted="signed_in", then=("name",))
    if right.value is not None and right.value.accepted:
        examiner.replaced = bool(actor.notes.get("replacement"))

"""Getting from one documented place to the next, by the paths of the profile."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.walking import told
from portal2fa.clauses import Label, differs
from portal2fa.errors import CannotTell, Refused
from portal2fa.outcomes import Deviation
from steps.tasks import belated, budget, codes, doubts, pausing

_WORDING = """e => [...e.querySelectorAll('[aria-hidden=true]')].reduce(
    (text, icon) => text.replace(icon.innerText || '', ''), e.innerText || '').trim()"""
"""The words of a control without its icons: those of an icon font are letters in the page, but pictures to see."""
_SOMEWHERE = "signed in, and wherever that led"
"""The note of somebody for whom the form was filled in, and who has gone nowhere since."""


def sign_in_with_password(actor: Actor, password: str | None = None) -> str:
    """Open the sign-in and give the password; the notice that answers: signed in, refused, or a challenge.

    A portal that only wants a pause is asked again after it, also where it refuses the right password for it.
    """
    before = actor.world.refused_passwords[actor.account.username]
    answer = _give_password(actor, password)
    if answer == "throttled":
        codes.rest(actor)
        answer = _give_password(actor, password)
    if password is None:
        answer = pausing.password(actor, answer, "sign_in_refused", lambda: _give_password(actor, None), before=before)
    if before and password is None and answer not in ("sign_in_refused", "throttled"):
        actor.world.recorder.saw(doubts.after_a_wrong_password("sign_in"))
    if answer == "throttled":
        said = " ".join(actor.portal.notice(answer).first.inner_text().split())
        raise Refused(
            "The portal takes no sign-in for a while.",
            cause=f'it said by notices.{answer}: "{said}"',
            hint="set wrong_code.seconds of the profile to the pause that the portal wants, or wait and run again",
        )
    return answer


def sign_in_at_first_sight(actor: Actor) -> bool:
    """Open the sign-in and give the password; whether the portal shows that somebody is signed in, beside whatever."""
    portal = actor.portal
    budget.keep(actor, "password", wrong=False)
    portal.open("sign_in")
    portal.walk("sign_in")
    signed_in = portal.wait_for("signed_in") is not None
    budget.count(actor, "password", accepted=signed_in)
    if signed_in:
        doubts.reached(actor, "sign_in")
    return signed_in


def _give_password(actor: Actor, password: str | None) -> str:
    portal, wrong = actor.portal, password is not None
    budget.keep(actor, "password", wrong=wrong)
    portal.open("sign_in")
    _look_before_signing_in(actor)
    portal.walk("sign_in", **({"password": password} if password is not None else {}))
    demand = ["set_up_demanded"] if portal.profile.methods.forced else []
    pause = codes.throttles(portal.profile)
    refused = ["sign_in_refused", *pause] if wrong else [*pause, "sign_in_refused"]
    answer = portal.wait_for(*demand, "signed_in", *refused, *challenges(actor), denied_by=["sign_in_form"])
    accepted = answer in ("signed_in", *demand, *challenges(actor))
    # without an answer that is known, it may have been refused only where the form is still there
    if wrong or (answer != "throttled" and (answer is not None or portal.sees("sign_in_form"))):
        budget.count(actor, "password", accepted=accepted)
    if answer is None:
        asked = "".join(f", notices.{name}" for name in challenges(actor))
        raise CannotTell(
            "Nothing that the profile knows answered the sign-in.",
            cause=f"none of notices.signed_in, notices.sign_in_refused{asked} came in time",
            hint=f"look at the picture, then mend these notices, or {actor.entry('name')} where they look for {{name}}",
            missing=[f"notices.{name}" for name in (*demand, "signed_in", *refused, *challenges(actor))],
        )
    if answer == "sign_in_refused" and password is None and not actor.world.accounts.disposable:
        doubts.answered(actor, "sign_in")  # a tester's account may be locked; one that was made has the right password
    if answer in challenges(actor):
        actor.setting_up = False
    if accepted:
        doubts.reached(actor, "sign_in")
    return answer


def _look_before_signing_in(actor: Actor) -> None:
    """See the sign-in, where it comes at once, and that nothing answers it before a password was given."""
    portal, answers, asked = actor.portal, ("signed_in", "sign_in_refused"), challenges(actor)
    all_away = portal.away(*answers, *asked)  # as nearly always, so one look suffices
    away = answers if all_away or portal.away(*answers) else ()
    if portal.sees("sign_in_form"):  # noted: that it is out of sight elsewhere counts only then
        if asked and not all_away:
            doubts.see_away(actor, asked, "a password was given")
        portal.tell_apart("sign_in_form", ["signed_in"], away=away)
    if not away:
        _see_refusal_away(actor)


def _see_refusal_away(actor: Actor) -> None:
    """A refusal in sight before a password was given would refuse every password."""
    if actor.portal.sees("sign_in_refused"):
        raise CannotTell(
            "What the profile takes for the refusal of a password is in sight before one was given.",
            cause=f"notices.sign_in_refused was seen at {actor.portal.page.url.partition('?')[0]}",
            hint="look at the picture, then mend the notice: it has to be out of sight until a password is refused",
        )


def challenges(actor: Actor) -> tuple[str, ...]:
    """The notices with which the portal asks for a second factor."""
    offers = actor.world.profile.capabilities
    asked = [("time_based_asked", offers.time_based_tokens), ("email_asked", offers.email_codes)]
    return tuple(notice for notice, offered in asked if offered)


def be_signed_in(actor: Actor, place: str = "client_area") -> bool:
    """Be signed in without a second factor, by the shortest way that the target offers; whether `place` is open then.

    Where the target hands out a session, the form is used only if that session does not open the place.
    """
    if actor.has_window and _finds_signed_in(actor):
        return False
    if _comes_in_by_a_session(actor, place):
        return True
    answer = sign_in_with_password(actor)
    if answer != "signed_in":
        said = " ".join(actor.portal.notice(answer).first.inner_text().split())
        refused = answer == "sign_in_refused"
        raise CannotTell(
            "The account could not be signed in with its password alone.",
            cause=f'the portal refused the password and said: "{said}"'
            if refused
            else "the portal asked for a second factor",
            hint=f"check {actor.entry('username')} and its password; the account may also be locked"
            if refused
            else "two-factor sign-in has to be off for the account: turn it off by hand",
        )
    actor.notes[_SOMEWHERE] = True
    return False


def _comes_in_by_a_session(actor: Actor, place: str) -> bool:
    """Open a place with a session that the target's control endpoint hands out, if it does and the place opens so."""
    control, portal = actor.world.control, actor.portal
    if control is None:
        return False
    name, value = control.session_cookie(actor.account.username)
    portal.context.add_cookies([{"name": name, "value": value, "url": portal.url}])
    portal.open(place)
    if portal.page.url.partition("?")[0] == portal.addresses(place)[0].partition("?")[0]:
        return True
    portal.context.clear_cookies()
    return False


def meets_demand(actor: Actor) -> bool:
    """Whether the portal demands the set-up of a second factor, as seen in its client area; signed in on the way."""
    portal = actor.portal
    if not portal.profile.methods.forced:
        return False
    portal.open("client_area")
    seen = portal.wait_for("set_up_demanded", "signed_in", "sign_in_form", *challenges(actor))
    if seen == "sign_in_form":
        seen = sign_in_with_password(actor)
    return seen == "set_up_demanded"


def _finds_signed_in(actor: Actor) -> bool:
    """Whether the window shows that the person is signed in, once a page that draws itself late has come."""
    portal = actor.portal
    if portal.page.url == "about:blank":
        return False
    return portal.wait_for("signed_in", "sign_in_form", *challenges(actor)) == "signed_in"


def look_at_client_area(actor: Actor) -> None:
    """Open the client area and wait until it is drawn: on a blank page everything would seem to be out of sight."""
    actor.notes.pop(_SOMEWHERE, None)
    actor.portal.open("client_area")
    actor.portal.wait_for("signed_in")


def open_menu(actor: Actor) -> None:
    """Open the menu behind the name; its options have to come into sight.

    After `be_signed_in` that is done from the client area: some portals lead from the sign-in to the very settings.
    """
    portal = actor.portal
    if _SOMEWHERE in actor.notes:
        look_at_client_area(actor)
    portal.walk("open_menu")
    portal.wait_for_control("security_settings")
    doubts.reached(actor, "open_menu")


def go_to(actor: Actor, control: str) -> None:
    """Follow the documented path that is called like the control, noting where its wording differs."""
    note_label(actor, control, before=control)
    note_extra_steps(actor, control)
    actor.portal.walk(control)
    actor.notes["went"] = control


def reach(actor: Actor, place: str) -> None:
    """Be at `security_settings` or `two_factor`, straight by address where the profile has one."""
    straight = bool(actor.portal.addresses(place))
    first = place if straight else "client_area"
    actor.notes.pop("went", None)
    if not be_signed_in(actor, first):
        actor.portal.open(first)
    actor.notes.pop(_SOMEWHERE, None)
    if straight:
        return
    open_menu(actor)
    actor.portal.walk("security_settings")
    if place == "two_factor":
        actor.portal.walk("two_factor")


def reach_choice(actor: Actor) -> None:
    """Be where a method is chosen."""
    path = "set_up_demanded" if meets_demand(actor) else "enable"
    if path == "enable":
        reach(actor, "two_factor")
    enter_choice(actor, path)


def enter_choice(actor: Actor, path: str) -> None:
    """From the two-factor settings, or the demand for a set-up, to where a method is chosen."""
    actor.portal.walk(path)
    if actor.portal.wait_for("choice") is None:
        raise CannotTell(
            "The choice of methods did not come.",
            cause=f"notices.choice was not seen after paths.{path}",
            hint="look at the picture, then mend the notice, or the path, which may lack a step",
            missing=["notices.choice"],
        )
    doubts.reached(actor, path)


def state(actor: Actor) -> str:
    """What the two-factor settings say when they are loaded anew: `on`, `off`, or that they say neither.

    It is off as long as the portal demands that it be turned on.
    """
    if meets_demand(actor):
        return "off"
    if not actor.world.profile.capabilities.known_status:
        reach(actor, "two_factor")
        return state_by_offer(actor)
    actor.portal.open("client_area")
    if actor.portal.addresses("two_factor"):
        doubts.passed_by(actor)
    reach(actor, "two_factor")
    said = actor.portal.wait_for("on", "off")
    if said:
        doubts.arrived(actor)
    return said or "neither on nor off"


def state_by_offer(actor: Actor) -> str:
    """`on` or `off` by whether settings without a word on it offer to turn it on; raises `CannotTell` where both do."""
    if actor.world.profile.methods.together:
        raise CannotTell(
            "The settings do not say whether two-factor sign-in is on.",
            cause="they have no word on it, and by methods.together another method is offered beside one that is on",
            hint="name what the settings show by notices.on and notices.off, and set capabilities.known_status to true",
        )
    return "off" if belated.comes(actor, "enable") else "on"


def note_label(actor: Actor, control: str, *, before: str = "") -> None:
    """Record a documentation deviation when the portal's wording of a control is not the documented one.

    A control that the profile finds by the documented wording, and that the path `before` uses next, is not looked at:
    that it is not there shows then.
    """
    label = actor.world.labels.get(control)
    if label is None or control not in actor.world.profile.controls:
        return
    documented = doubts.named_as_documented(actor, control, label)
    if documented and _is_used(actor, control, before):
        return
    found = actor.portal.wait_for_control(control)
    if documented:
        return
    seen = (found.get_attribute("aria-label") or found.evaluate(_WORDING) or _label_of(actor, control)).strip()
    locator = actor.world.profile.controls[control][0]
    seen = seen or locator.name or locator.label or locator.placeholder
    if all(differs(text, seen) for text in (label.text, *label.also)):
        actor.world.recorder.deviation(
            Deviation(control, label.clause, documented=label.text, seen=" ".join(seen.split()))
        )


def _is_used(actor: Actor, control: str, path: str) -> bool:
    """Whether a path certainly does something with the control."""
    actions = actor.world.profile.paths.get(path, ())
    return any(action.control == control and not action.optional for action in actions)


def _label_of(actor: Actor, control: str) -> str:
    """The text of a form control's own label, as the browser connects the two."""
    found = actor.portal.control(control).first
    return str(found.evaluate("e => e.labels && e.labels[0] ? e.labels[0].innerText : ''"))


def note_extra_steps(actor: Actor, path: str) -> None:
    """Record what has to be done beyond the one documented step."""
    extra = [action for action in actor.world.profile.paths[path] if not (action.optional or action.see)][1:]
    if not extra or path not in actor.world.labels:
        return
    words = ", then ".join(told(actor.portal, action.control) for action in extra if action.control)
    label = actor.world.labels[path]
    note = "the portal needs more steps than are documented"
    actor.world.recorder.deviation(Deviation(path, "NAV-10", documented=label.text, seen=f"also {words}", note=note))


def label_by_text(labels: dict[str, Label], text: str) -> str:
    """The control that is documented under `text`."""
    return next(control for control, label in labels.items() if not differs(label.text, text))

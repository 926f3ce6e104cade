"""The whole draft: walked, learnt, proven, and the account left as it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import Error

from fixtures.world import World
from portal2fa.drafting import vocabulary
from portal2fa.drafting.draft import Draft, Found, LeftOn
from portal2fa.drafting.order import Order
from portal2fa.drafting.writing import profile_table
from portal2fa.errors import CannotTell, NotRestored
from portal2fa.profile import CAPABILITY_OF, METHODS, Profile
from portal2fa.profile_tables import filled
from portal2fa.session import Session
from steps.tasks import arriving, people
from steps.tasks.drafting import (
    asking,
    challenging,
    entering,
    finding,
    leaving,
    methods,
    narrow,
    offering,
    proving,
    signed_in,
    signing_out,
    signs,
)
from steps.tasks.drafting.walker import Walker

_PATIENCE = 40.0
"""Seconds that an answer may take once an account could not be put back for want of one."""


def draft_profile(
    session: Session,
    order: Order,
    environment: Mapping[str, str],
    *,
    stopping: Callable[[], bool],
    say: Callable[[str], None],
    guided: bool = False,
) -> Draft:
    """Walk the portal of `session`, whose profile says nothing yet, and draft the profile of `order`.

    With `guided` a person who sees the browser is asked where the walk is stuck.

    The account is put back whatever happens; raises `LeftOn` when that failed, `Stopped` when the tester stopped.
    """
    world = World(session)
    try:
        actor = people.cast(world, "Ana", world.take_account("Ana"))
        walker = Walker(actor, vocabulary.load(), Draft(), stopping, say, guided=guided)
        try:
            _learn(walker, order, environment)
        except NotRestored as problem:
            raise LeftOn(problem, _drafted(walker)) from problem
        return _drafted(walker)
    finally:
        for left in world.actors.values():
            left.close()
        world.close()


def _drafted(walker: Walker) -> Draft:
    """What was found out so far, without secrets."""
    recorder = walker.actor.world.recorder
    blocked = [f"the pages asked for {host}, which was blocked" for host in sorted(set(recorder.findings.blocked))]
    walker.draft.remarks += blocked
    return walker.draft.without_secrets(recorder.masked)


def _learn(walker: Walker, order: Order, environment: Mapping[str, str]) -> None:
    """Walk and prove; the account is put back in the end, and where something went wrong."""
    try:
        _put_back_earlier(walker, order)
        found = _walk(walker, order)
        _prove(walker, order, environment, found)
    except NotRestored:
        raise
    except Error as error:
        _put_back(walker, error)
        raise CannotTell(
            "The walk ended early: the browser did not do what it was told.",
            cause=str(error).splitlines()[0],
            hint="call it again; if it ends there again, walk that way by hand, and look what is different",
        ) from error
    except BaseException as error:
        _put_back(walker, error)
        raise
    _finish(walker)


def _put_back_earlier(walker: Walker, order: Order) -> None:
    """Switch off what an earlier draft had switched on before it was killed."""
    if not walker.actor.page.is_open:
        return
    walker.say("Putting the account back as it was before a draft that was stopped")
    arriving.recall(walker.actor)
    entering.find_sign_in(walker, order.front)
    entering.learn_form(walker)
    _switch_off_from_outside(walker)
    walker.actor.fresh_browser()  # the front may lead whoever is signed in past the sign-in
    walker.draft.entries.clear()
    walker.draft.steps.clear()


def _walk(walker: Walker, order: Order) -> list[str]:
    entering.find_sign_in(walker, order.front)
    entering.learn_form(walker)
    entering.learn_name(walker, entering.enter(walker))
    finding.find_settings(walker, order.settings)
    offering.learn_places(walker)
    readable = walker.actor.world.profile.mailbox.kind != "none"
    wanted = ["time_based", *(["email"] if readable else [])]
    found = _learn_methods(walker, wanted)
    if not readable:
        walker.lack("email_codes", "there is no mailbox to read them from; --mailbox names one")
        walker.remark("codes by mail were not drafted: no mailbox was given, as --mailbox kind=… does")
    asking.learn_asked(walker, found)
    asking.learn_started(walker, found)
    signs.learn_signed_in(walker)
    inside = ("client_area", "security_settings", "off", "choice", *(f"asked_{method}" for method in found))
    walker.actor.fresh_browser()
    entering.reconsider_form(walker, [walker.pages[name] for name in inside if name in walker.pages])
    entering.enter(walker)
    offering.conclude(walker)
    offering.learn_help(walker)
    narrow.learn_inside(walker)
    signing_out.learn(walker)
    offering.learn_contact(walker)
    narrow.learn_outside(walker)
    walker.note_patience()
    return found


def _learn_methods(walker: Walker, wanted: list[str]) -> list[str]:
    """Those of the methods that were walked to their end; what ended the way of another one is a gap.

    Raises what ended the first, or `CannotTell` where none is offered, if there is none left.
    """
    found, ended = [], []
    for method in wanted:
        known = dict(walker.draft.entries)
        try:
            found += [method] if methods.learn(walker, method) else []
        except (CannotTell, Error) as error:
            ended.append(error)
            if method != wanted[-1] or found:
                _leave_method(walker, method, known, error)
    if found:
        return found
    raise next(iter(ended), None) or CannotTell(
        "No second factor could be set up.",
        cause="from the two-factor settings no way led to a QR code or a mailed code",
        hint="set one up by hand, and write the profile by docs/your-portal.md",
    )


def _leave_method(walker: Walker, method: str, known: dict[str, Found], error: CannotTell | Error) -> None:
    """Put the account back, and forget what was learnt of a method whose way could not be walked to its end."""
    walker.step(f"could not go on with {method.replace('_', '-')}")
    _put_back(walker, error)
    walker.draft.entries = known
    told = str(error).splitlines()[0]
    walker.gap("capabilities", CAPABILITY_OF[method], "its set-up was begun, and could not be walked to its end", told)
    walker.remark(f"{method.replace('_', '-')} was left out: {error}")


def _prove(walker: Walker, order: Order, environment: Mapping[str, str], found: list[str]) -> None:
    def as_drafted() -> Profile:
        return Profile.model_validate(filled(profile_table(walker.draft, order), environment))

    proving.prove(walker, as_drafted, found, lambda error: _put_back(walker, error))


def _finish(walker: Walker) -> None:
    """See that the account is as it was; switch off what a proof that failed had left on."""
    if walker.actor.page.is_open:
        _put_back(walker, None)


def _put_back(walker: Walker, error: BaseException | None) -> None:
    """Leave the account as it was found; raises `NotRestored` when that fails, with what went wrong before."""
    if not walker.actor.page.is_open:
        return
    stopping, walker.stopping = walker.stopping, lambda: False
    walker.actor = walker.actor.world.actors["Ana"]
    walker.say("Putting the account back as it was")
    try:
        _leave_as_found(walker)
    except Exception as problem:
        first = f"{': '.join(filter(None, [type(error).__name__, str(error)]))}; then " if error is not None else ""
        raise NotRestored(
            f"The account {walker.actor.account.username} could not be put back: its second factor may be on.",
            cause=" ".join(f"{first}{problem}".split()),
            hint="switch it off by hand; the journal holds the secret",
        ) from problem
    finally:
        walker.stopping = stopping


def _leave_as_found(walker: Walker) -> None:
    """Switch off what is on; once more, and with more patience, where the portal or the browser did not answer."""
    try:
        leaving.leave_half_way(walker)
        _switch_off_from_outside(walker)
    except (CannotTell, Error) as problem:
        if not isinstance(problem, Error) and not isinstance(problem.__cause__, Error):
            raise
        walker.remark(f"putting the account back, at first: {problem}")
        _have_patience(walker)
        _switch_off_from_outside(walker)


def _have_patience(walker: Walker) -> None:
    """Wait longer for whatever comes from now on: the account matters more than the time."""
    world = walker.actor.world
    answer = max(_PATIENCE, world.profile.timing.answer)
    timing = world.profile.timing.model_copy(update={"answer": answer})
    world.profile = world.profile.model_copy(update={"timing": timing})
    walker.patience = max(_PATIENCE, walker.patience)


def _switch_off_from_outside(walker: Walker) -> None:
    """Switch off whatever a fresh sign-in asks for, until nothing is asked; raises `CannotTell` where it stays on."""
    for _ in METHODS:
        if signed_in.let_in_by_password(walker):
            leaving.forget(walker)
            return
        challenging.sign_in_somehow(walker, challenging.likely_methods(walker, walker.pages["answer"]))
        if walker.draft.value("places", "client_area") is None:
            entering.learn_name(walker, walker.see())
        if walker.draft.value("places", "two_factor") is None:
            finding.find_settings(walker)
        leaving.switch_off(walker, learn=False)
    leaving.prove_off(walker)

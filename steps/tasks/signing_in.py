"""Signing in with a second factor, and what can be reached without it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIResponse, Error

from fixtures.actor import Actor, Answer
from fixtures.loopback import below_localhost, by_number
from fixtures.portal import DOWN, down_words
from portal2fa.errors import CannotTell
from steps.tasks import answering, by_hand, navigation
from steps.tasks.challenge import from_fresh_browser as from_fresh_browser  # noqa: PLC0414 -- for those who ask here

_REDIRECTS = 20
"""How many redirects in a row are followed; browsers give up at as many."""
_NONE: Mapping[str, str] = MappingProxyType({})


def finish(actor: Actor, *, insist: bool = True) -> bool:
    """Give the code that the portal has to accept; whether the person is signed in then.

    After a refused backup code this begins with a fresh sign-in: not every portal leads back from there.  `insist` is
    about a code refused straight after another one, see `answering.give_right`.
    """
    if actor.answer is not None and not actor.answer.accepted and _challenge_ended(actor, actor.answer):
        from_fresh_browser(actor)
        actor.answer = None
    accepted = answering.give_right(actor, insist=insist).accepted
    if not accepted and not actor.setting_up and actor.notes.get("asked_through") is actor.portal:
        _see_without_asking(actor)
    return accepted


def _see_without_asking(actor: Actor) -> None:
    """Look if a right code was refused because places had been asked for between the password and the code.

    Some portals let a sign-in go that somebody leaves for another place.  Nothing else is different in two further
    sign-ins: raises `CannotTell` where the code signs in without that question and is refused after it.
    """
    refused, kept = actor.answer, actor.portal
    if _signs_in(actor, asking=False) and _signs_in(actor, asking=True) is False:
        raise CannotTell(
            "A right code was refused only because places behind the sign-in had been asked for before it.",
            cause="the portal gave the sign-in up when they were asked for; without that the right code signed in",
            hint="take the places that do so, often those that begin a set-up, out of places.protected of the profile",
        )
    actor.answer = refused
    actor.look_through(kept)


def _signs_in(actor: Actor, *, asking: bool) -> bool | None:
    """Whether the right code signs in from a fresh browser, where places are asked for before it or not.

    None where that cannot be seen, as when no further code may be given to the account.
    """
    try:
        if from_fresh_browser(actor) not in navigation.challenges(actor):
            return None
        if asking:
            reachable(actor)
        actor.answer = None
        return answering.give_right(actor, insist=False).accepted
    except CannotTell:
        return None


def _challenge_ended(actor: Actor, refused: Answer) -> bool:
    ends = actor.world.profile.wrong_code.ends(actor.method, setting_up=False)
    return refused.notice == "backup_code_refused" or (ends and not actor.setting_up)


def completely(actor: Actor) -> None:
    """Sign in from a fresh browser with the second factor; raises `CannotTell` when that fails."""
    from_fresh_browser(actor)
    actor.answer = None
    if not finish(actor):
        raise CannotTell(
            "The sign-in with the second factor failed.",
            cause="the portal refused the code",
            hint=f"look at the picture and at paths.sign_in_{actor.method}, or set wrong_code.seconds to its pause",
        )


def with_backup_code(actor: Actor) -> None:
    """Sign in from a fresh browser with the newest backup code; raises `CannotTell` when that fails."""
    from_fresh_browser(actor)
    code = actor.backup_codes[-1]
    answer = answering.give_backup_code(actor, code)
    if not answer.accepted:
        raise CannotTell(
            "The backup code did not sign in.",
            cause=f"the portal said: {answer.text}",
            hint="look at the picture, at paths.sign_in_backup_code, and at what backup_codes.pattern takes for a code",
        )
    actor.notes["used_backup_code"] = code


def reachable(actor: Actor, *, expected: bool = False) -> list[str]:
    """Which of the places behind the sign-in open for this browser as it stands.

    Asked without a page first, and without following redirects: where they lead is not this place, and fetching the
    sign-in would disturb a challenge that is under way.  A place that answers 200 is open when the customer's name is
    on it; without the name it is looked at, and is open unless it turns out to be a sign-in or a request for a code.
    Where places are not `expected` to open, a name alone blames nobody: such a place is looked at as well.
    """
    actor.notes["asked_through"] = actor.portal
    places = actor.portal.addresses("protected")
    opened = [address for address in places if _opens(actor, address, expected=expected)]
    for address in opened:
        actor.portal.answered("protected", address)
    return [urlsplit(address).path for address in opened]


def unasked(actor: Actor) -> tuple[str, ...]:
    """What has to be seen once before a place that opens is the portal's fault: by it a place that asks is told."""
    asked = tuple(name for name in navigation.challenges(actor) if name == f"{actor.method}_asked")
    return tuple(f"notices.{name}" for name in ("sign_in_form", *asked))


def _opens(actor: Actor, address: str, *, expected: bool) -> bool:
    response = fetch(actor, address, follow=False)
    if response.status != 200:
        return False
    named = actor.account.is_named_in(html.unescape(response.text()))
    if named and expected:
        return True
    shown = _shows_content(actor, address)
    if named and not shown:
        raise CannotTell(
            f"{urlsplit(address).path} bears the customer's name and asks for something first.",
            cause=f"{actor.entry('name')} was found in its answer, and a sign-in or a request for a code is in sight",
            hint="see by hand whether the place is open; where it is not, take it out of places.protected",
        )
    return shown


def _shows_content(actor: Actor, address: str) -> bool:
    """Whether the place, seen in a window of the same browser, is neither a sign-in nor a request for a code."""
    kept = actor.portal
    window = kept.sibling()
    try:
        window.go(address)
        asked = ("sign_in_form", *navigation.challenges(actor))
        if window.wait_for("signed_in", *asked) in asked:
            return False
        window.fall_silent()
        return not any(window.sees(notice) for notice in asked)
    finally:
        window.page.close()


def fetch(actor: Actor, address: str, *, follow: bool) -> APIResponse:
    """Ask for an address with the browser's cookies; redirects are followed within the target's own hosts only."""
    for _ in range(_REDIRECTS):
        _keep_to_own_hosts(actor, address)
        cookies = bool(actor.portal.context.cookies(address))
        actor.world.recorder.did(by_hand.asked(address, cookies=cookies))
        response = _ask_for(actor, address)
        if response.status in DOWN:
            raise CannotTell(**down_words(response.status, address))
        if not follow or response.status not in range(300, 400) or "location" not in response.headers:
            return response
        address = urljoin(address, response.headers["location"])
    raise CannotTell(
        f"The portal did not answer at {address}.",
        cause=f"it redirected more than {_REDIRECTS} times, in a circle",
        hint="open the address in a browser on the same machine",
    )


def _keep_to_own_hosts(actor: Actor, address: str) -> None:
    if actor.world.guard.stops(address):
        raise CannotTell(
            f"{address} is not asked for: requests of the run may not go there.",
            cause="it is neither the portal's address nor one of its 'origins'",
            hint=f"add {urlsplit(address).netloc} to 'origins' of the profile if the portal needs it",
        )


def send_once(actor: Actor, address: str, *, method: str, headers: Mapping[str, str], data: str) -> APIResponse:
    """Send one request with the browser's cookies, as a program does; where it leads is not followed."""
    _keep_to_own_hosts(actor, address)
    return _ask_for(actor, address, method=method, headers=headers, data=data)


def _ask_for(actor: Actor, address: str, **how: Any) -> APIResponse:
    """One request, sent once more when a kept-alive connection had just been closed."""
    try:
        return _request(actor, address, **how)
    except Error as error:
        if "ECONNRESET" not in str(error):
            raise CannotTell(
                f"The portal did not answer at {address}.",
                cause=str(error).splitlines()[0],
                hint="open the address in a browser on the same machine",
            ) from error
        return _request(actor, address, **how)


def _request(
    actor: Actor, address: str, *, method: str = "GET", headers: Mapping[str, str] = _NONE, data: str | None = None
) -> APIResponse:
    """Ask with the cookies that the browser has for the address; those that are answered are the browser's as well.

    A host below `.localhost` is asked by its number, so its cookies are carried there and back.
    """
    context = actor.portal.context
    actor.world.recorder.looks()
    requests = actor.world.browser.requests(context)
    if not below_localhost(address):
        return requests.fetch(address, method=method, headers=dict(headers), data=data, max_redirects=0)
    number, named = by_number(address)
    sent = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies(address))
    told = {**headers, **named, "Cookie": sent}
    response = requests.fetch(number, method=method, headers=told, data=data, max_redirects=0)
    host, here = (urlsplit(asked).hostname or "" for asked in (address, number))
    answered = [cookie for cookie in context.cookies(number) if cookie.get("domain") == here]
    if answered:
        context.clear_cookies(domain=here)
    for cookie in answered:
        context.add_cookies(
            [
                {
                    "name": cookie["name"],
                    "value": cookie["value"],
                    "domain": host,
                    "path": cookie["path"],
                    "expires": cookie["expires"],
                    "httpOnly": cookie["httpOnly"],
                    "secure": cookie["secure"],
                    "sameSite": cookie["sameSite"],
                }
            ]
        )
    return response


def reach_all(actor: Actor) -> None:
    """The positive control of `reachable`: signed in, every place opens, or the profile names a wrong one."""
    opened = reachable(actor, expected=True)
    protected = [urlsplit(address).path for address in actor.portal.addresses("protected")]
    shut = [path for path in protected if path not in opened]
    if shut:
        raise CannotTell(
            f"{', '.join(shut)} does not open even for a customer who is signed in.",
            cause="so that it stayed shut before the code proves nothing",
            hint="mend places.protected of the profile",
        )


def needs_factor(actor: Actor) -> bool:
    """Whether a fresh browser with the right password is asked for a second factor; the old window is kept."""
    kept, setting_up, method, mails = actor.portal, actor.setting_up, actor.method, actor.mails_before
    answer = from_fresh_browser(actor)
    actor.notes["sign_in_answer"] = answer
    actor.look_through(kept)
    actor.setting_up, actor.method, actor.mails_before = setting_up, method, mails
    return answer in navigation.challenges(actor)

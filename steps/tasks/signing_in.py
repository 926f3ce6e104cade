"""Signing in with a second factor, and what can be reached without it."""

from __future__ import annotations

from urllib.parse import urlsplit

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import answering, codes, mail, navigation


def from_fresh_browser(actor: Actor) -> str:
    """Give the right password in a browser that knows nothing; the notice that answers."""
    actor.notes["mails_before"] = len(mail.code_mails(actor))
    actor.fresh_browser()
    answer = navigation.sign_in_with_password(actor)
    if answer == "email_asked":
        actor.portal.walk("request_email")
    return answer


def finish(actor: Actor) -> bool:
    """Give the code that the portal has to accept; whether the person is signed in then.

    After a refused backup code this begins with a fresh sign-in: not every portal leads back from there.
    """
    if actor.answer is not None and actor.answer.notice == "backup_code_refused":
        codes.pass_throttle(actor)
        from_fresh_browser(actor)
        actor.answer = None
    before = int(actor.notes.get("mails_before", 0))
    if actor.method == "email" and actor.answer is None:
        mail.await_code_mail(actor, after=before)
    return answering.give(actor, answering.right_code(actor)).accepted


def completely(actor: Actor) -> None:
    """Sign in from a fresh browser with the second factor; raises `CannotTell` when that fails."""
    from_fresh_browser(actor)
    actor.answer = None
    if not finish(actor):
        raise CannotTell("The sign-in with the second factor failed.", cause="the portal refused the code")


def with_backup_code(actor: Actor) -> None:
    """Sign in from a fresh browser with the newest backup code; raises `CannotTell` when that fails."""
    from_fresh_browser(actor)
    code = actor.backup_codes[-1]
    answer = answering.give_backup_code(actor, code)
    if not answer.accepted:
        raise CannotTell("The backup code did not sign in.", cause=f"the portal said: {answer.text}")
    actor.notes["used_backup_code"] = code


def reachable(actor: Actor) -> list[str]:
    """Which of the places behind the sign-in open for this browser as it stands, asked without a page.

    A place opens when its own address answers 200 with the customer's name on it.  Redirects are not followed: where
    they lead is not this place, and fetching the sign-in would disturb a challenge that is under way.
    """
    opened = []
    for address in actor.portal.addresses("protected"):
        response = actor.portal.context.request.get(address, max_redirects=0)
        if response.status == 200 and actor.account.name in response.text():
            opened.append(urlsplit(address).path)
    return opened


def reach_all(actor: Actor) -> None:
    """The positive control of `reachable`: signed in, every place opens, or the profile names a wrong one."""
    opened = reachable(actor)
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
    kept, setting_up, method = actor.portal, actor.setting_up, actor.method
    answer = from_fresh_browser(actor)
    actor.notes["sign_in_answer"] = answer
    actor.look_through(kept)
    actor.setting_up, actor.method = setting_up, method
    return answer in navigation.challenges(actor)

"""How faults of codes and secrets show: each check is true of the faulty portal only."""

from __future__ import annotations

import asyncio

from tests.reference_server.conftest import SETTINGS, World, app_code
from tests.reference_server.faults.people import Check, waiting


def step_before_refused(world: World) -> bool:
    account = world.account("time_based")
    browser = waiting(world, account)
    browser.give(app_code(account["secret"], world.clock.at - 30))
    return not browser.is_signed_in()


def spaces_refused(world: World) -> bool:
    account = world.account("time_based")
    code = app_code(account["secret"], world.clock.at)
    browser = waiting(world, account)
    browser.give(f"{code[:3]} {code[3:]}")
    return not browser.is_signed_in()


def nothing_sent_again(world: World) -> bool:
    browser = world.signed_in().begin("email")
    before = len(world.outbox.mails)
    browser.submit(f"{SETTINGS}/email/resend")
    return len(world.outbox.mails) == before


def code_in_subject(world: World) -> bool:
    waiting(world, world.account("email"))
    return world.outbox.code() in world.outbox.subjects[-1]


def name_is_markup(world: World) -> bool:
    waiting(world, world.control("/accounts", name="<i>Ana</i>", two_factor="email"))
    part = world.outbox.mails[-1].get_body(("html",))
    return part is not None and "<i>Ana</i>" in str(part.get_content())


def many_at_once(world: World) -> bool:
    account = world.account("time_based")
    browsers = [waiting(world, account) for _ in range(4)]
    code = app_code(account["secret"], world.clock.at)

    async def together() -> None:
        forms = [{"csrf_token": browser.token, "code": code} for browser in browsers]
        posts = [one.client.post("/sign-in/challenge", data=form) for one, form in zip(browsers, forms, strict=True)]
        await asyncio.gather(*posts)

    world.run(together())
    return sum(browser.is_signed_in() for browser in browsers) > 1


CHECKS: dict[str, Check] = {
    "app-code-of-the-step-before-refused": step_before_refused,
    "app-code-with-spaces-refused": spaces_refused,
    "resend-sends-nothing": nothing_sent_again,
    "code-in-the-subject": code_in_subject,
    "name-is-markup-in-the-mail": name_is_markup,
    "app-code-works-in-parallel": many_at_once,
}

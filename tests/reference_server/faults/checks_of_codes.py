"""How faults of codes and secrets show: each check is true of the faulty portal only."""

from __future__ import annotations

import asyncio

from tests.reference_server.conftest import World, app_code
from tests.reference_server.faults.people import Check, waiting


def spaces_refused(world: World) -> bool:
    account = world.account("time_based")
    code = app_code(account["secret"], world.clock.at)
    browser = waiting(world, account)
    browser.give(f"{code[:3]} {code[3:]}")
    return not browser.is_signed_in()


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
    "app-code-with-spaces-refused": spaces_refused,
    "name-is-markup-in-the-mail": name_is_markup,
    "app-code-works-in-parallel": many_at_once,
}

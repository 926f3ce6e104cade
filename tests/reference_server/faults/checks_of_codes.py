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


def ends_in_2038(world: World) -> bool:
    account = world.account("time_based")
    world.set_clock(account, 2**31 + 60)
    browser = waiting(world, account)
    browser.give(app_code(account["secret"], 2**31 + 60))
    return not browser.is_signed_in()


def works_again_with_a_space(world: World) -> bool:
    account = world.account("time_based")
    code = app_code(account["secret"], world.clock.at)
    assert waiting(world, account).give(code).url.path == "/client"
    browser = waiting(world, account)
    browser.give(f"{code[:3]} {code[3:]}")
    return browser.is_signed_in()


def spaces_refused(world: World) -> bool:
    account = world.account("time_based")
    code = app_code(account["secret"], world.clock.at)
    browser = waiting(world, account)
    browser.give(f"{code[:3]} {code[3:]}")
    return not browser.is_signed_in()


def other_browsers_code(world: World) -> bool:
    account = world.account("email")
    waiting(world, account)
    code = world.outbox.code()
    other = waiting(world, account)
    other.give(code)
    return other.is_signed_in()


def strangers_code(world: World) -> bool:
    waiting(world, world.account("email"))
    code = world.outbox.code()
    browser = waiting(world, world.account("email"))
    browser.give(code)
    return browser.is_signed_in()


def nothing_sent_again(world: World) -> bool:
    browser = world.signed_in().begin("email")
    before = len(world.outbox.mails)
    browser.submit(f"{SETTINGS}/email/resend")
    return len(world.outbox.mails) == before


def code_in_subject(world: World) -> bool:
    waiting(world, world.account("email"))
    return world.outbox.code() in world.outbox.subjects[-1]


def four_digits(world: World) -> bool:
    waiting(world, world.account("email"))
    return len(world.outbox.code()) == 4


def foretold(world: World) -> bool:
    codes = []
    for _ in range(3):
        waiting(world, world.account("email"))
        codes.append(int(world.outbox.code()))
    return [code - codes[0] for code in codes] == [0, 1, 2]


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
    "app-codes-end-in-2038": ends_in_2038,
    "used-app-code-works-with-a-space": works_again_with_a_space,
    "app-code-with-spaces-refused": spaces_refused,
    "mailed-code-of-another-browser-signs-in": other_browsers_code,
    "mailed-code-of-another-customer-signs-in": strangers_code,
    "resend-sends-nothing": nothing_sent_again,
    "code-in-the-subject": code_in_subject,
    "mailed-code-of-four-digits": four_digits,
    "mailed-codes-can-be-foretold": foretold,
    "name-is-markup-in-the-mail": name_is_markup,
    "app-code-works-in-parallel": many_at_once,
}

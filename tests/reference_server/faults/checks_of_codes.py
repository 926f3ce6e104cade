"""How faults of codes and secrets show: each check is true of the faulty portal only."""

from __future__ import annotations

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


CHECKS: dict[str, Check] = {
    "app-code-with-spaces-refused": spaces_refused,
    "name-is-markup-in-the-mail": name_is_markup,
}

"""How faults of pages, links, headers and forms show: each check is true of the faulty portal only."""

from __future__ import annotations

from tests.reference_server.conftest import SETTINGS, World
from tests.reference_server.faults.people import Check


def foreign_form(world: World) -> bool:
    browser = world.signed_in()
    headers = {"Origin": "https://evil.example"}
    return world.run(browser.client.post(f"{SETTINGS}/choose", data={"method": "email"}, headers=headers)).is_success


CHECKS: dict[str, Check] = {
    "forms-of-other-sites-accepted": foreign_form,
}

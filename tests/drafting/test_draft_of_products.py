"""Published products that the heuristics never heard of: how much of their profiles a draft has right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drafting.drafted import draft, measure
from tests.restoring.living import Living

pytestmark = pytest.mark.portals_long

PRODUCTS = {
    "django-two-factor-auth": ("/account/login/", 0.9),
    "flask-security": ("/login", 0.9),
    "rdiffweb": ("/", 0.9),
}
"""Where a draft begins, and the least share of the written entries that it has to have right."""


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_draft_has_most_entries_right_and_none_wrong_as_sure(name: str, tmp_path: Path) -> None:
    front, least = PRODUCTS[name]
    portal = Living(name, tmp_path)
    try:
        owner = portal.owner("ana")
        file = owner.folder / "drafted.toml"
        ended = draft(owner, file, front=front)
        assert ended.returncode == 0, ended.stderr
        assert owner.signs_in_with_password_alone()
    finally:
        portal.close()
    measured = measure(name, file, tmp_path)
    assert measured.wrong_and_sure == ()
    assert measured.share >= least, (measured.wrong, measured.missing)

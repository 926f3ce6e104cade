"""Published products, and a stand-in for one, that the heuristics never heard of: how much a draft has right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.drafting.completing import differences, judged_alike
from tests.drafting.drafted import ROOT, draft, measure
from tests.restoring.living import Living

pytestmark = pytest.mark.portals_long

STAND_IN = str(ROOT / "tests/stand_ins/whmcs/twenty_one.toml")
PRODUCTS = {
    STAND_IN: ("/", 0.9),
    "django-two-factor-auth": ("/account/login/", 0.9),
    "flask-security": ("/login", 0.9),
    "pgadmin": ("/", 0.9),
    "rdiffweb": ("/", 0.9),
}
"""Where a draft begins, and the least share of the written entries that it has to have right."""


DRAWN_BY_SCRIPTS = ("pgadmin",)
"""Products whose sign-in is no form in the page that is sent, so that plain HTTP cannot look at the account."""
ALIKE = ("django-two-factor-auth", "pgadmin", "rdiffweb")
"""Products of which a completed draft has to judge as the written profile does, scenario by scenario."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A product, and the profile that the command drafted of it."""

    name: str
    file: Path


@pytest.fixture(scope="module")
def product(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    """Drafted once for all tests of it; the account is as it was."""
    portal = Living(request.param, tmp_path_factory.mktemp(Path(request.param).stem))
    try:
        owner = portal.owner("ana")
        file = owner.folder / "drafted.toml"
        ended = draft(owner, file, front=PRODUCTS[request.param][0])
        assert ended.returncode == 0, ended.stderr
        if request.param not in DRAWN_BY_SCRIPTS:
            assert owner.signs_in_with_password_alone()
    finally:
        portal.close()
    return Drafted(request.param, file)


@pytest.mark.parametrize("product", PRODUCTS, indirect=True, ids=[Path(name).stem for name in PRODUCTS])
def test_a_draft_has_most_entries_right_and_none_wrong_as_sure(product: Drafted, tmp_path: Path) -> None:
    measured = measure(product.name, product.file, tmp_path)
    assert measured.wrong_and_sure == ()
    assert measured.share >= PRODUCTS[product.name][1], (measured.wrong, measured.missing)


@pytest.mark.parametrize("product", ALIKE, indirect=True)
def test_a_run_by_the_completed_draft_says_the_same_as_one_by_the_written_profile(
    product: Drafted, tmp_path: Path
) -> None:
    written, by_draft = judged_alike(product.name, product.file, tmp_path)
    assert differences(written, by_draft) == {}

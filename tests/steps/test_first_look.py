"""A profile that does not fit the sign-in is told at the start of a run, with the entry."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures import first_look
from portal2fa.errors import EnvironmentProblem
from tests.steps.conftest import SOON, Visit

FORM = """<h1>Sign in</h1><form><label>Who <input name=who></label>
<label>Password <input type=password name=password></label><button>Sign in</button></form>"""
FIELDS = {"username": {"label": "Who"}, "password": {"label": "Password"}, "sign_in": {"role": "button"}}
SAYS: dict[str, Any] = {
    "controls": FIELDS,
    "places": {"sign_in": "/in"},
    "notices": {"sign_in_form": {"role": "heading", "name": "Sign in"}},
}
TYPED = [{"fill": "username", "with": "{username}"}, {"fill": "password", "with": "{password}"}, "sign_in"]


def looked(visit: Visit, **changes: dict[str, Any]) -> str:
    """What is told of a sign-in that is fine, with a profile that says something else; empty for nothing."""
    says = {table: {**SAYS.get(table, {}), **changes.get(table, {})} for table in {**SAYS, **changes}}
    actor, portal = visit({"/in": FORM, "/": "<p>front</p>"}, timing=SOON, **says)
    try:
        first_look.see_sign_in(actor.world.browser, actor.world.profile, portal.url)
    except EnvironmentProblem as problem:
        return str(problem)
    return ""


def test_a_profile_that_fits_is_left_in_peace(visit: Visit) -> None:
    assert looked(visit) == ""


@pytest.mark.parametrize(
    ("table", "wrong", "named"),
    [
        ("places", {"sign_in": "/nowhere"}, "places.sign_in"),
        ("places", {"sign_in": "/"}, "places.sign_in"),
        ("notices", {"sign_in_form": {"text": "Welcome"}}, "notices.sign_in_form"),
        ("controls", {"username": {"label": "User name"}}, "controls.username"),
        ("controls", {"password": {"label": "Pass phrase"}}, "controls.password"),
    ],
)
def test_an_entry_that_does_not_fit_is_named(visit: Visit, table: str, wrong: dict[str, Any], named: str) -> None:
    told = looked(visit, **{table: wrong})
    assert named in told
    assert "`portal2fa doctor`" in told


def test_what_comes_only_after_a_press_is_not_looked_for(visit: Visit) -> None:
    later = {"controls": {"password": {"label": "Comes on the next page"}}}
    paths = {"paths": {"sign_in": [TYPED[0], "sign_in", TYPED[1], "sign_in"]}}
    assert looked(visit, **later, **paths) == ""
    paths = {"paths": {"sign_in": [{"press": "sign_in", "optional": True}, *TYPED]}}
    assert looked(visit, **later, **paths) == ""

"""What comes later than timing.answer lets anybody wait is late, and not missing; what never comes is missing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from portal2fa.clauses import Label
from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from steps import codes, helping, methods, settings, sign_in
from tests.steps.conftest import SOON, Visit

HEAD = "<header><details><summary>Ana Example</summary></details></header>"
ENABLE = "<button>Click Here to Enable</button>"
OFF = "<p>Two-factor authentication is off</p>"
LABELS = {"enable": Label("Click Here to Enable", "NAV-8")}


def context(visit: Visit, shown: str, *, late: bool) -> SimpleNamespace:
    """Ana at a page that shows something after a second and a half, or not at all."""
    draws = f"<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', `{shown}`), 1500)</script>"
    actor, portal = visit({"/": f"<body>Wait.{draws if late else ''}</body>"}, timing=SOON)
    actor.world.labels.update(LABELS)
    actor.world.actors = {"Ana": actor}
    actor.portal.go(f"{portal.url}/")
    return SimpleNamespace(world=actor.world)


def sought(it: Any) -> None:
    it.world.actors["Ana"].notes["sought"] = "help_link"
    helping.finds(it, "Ana")


THENS: list[tuple[Callable[[Any], None], str, str]] = [
    (lambda it: settings.is_offered(it, "Ana", "Click Here to Enable"), ENABLE, "controls.enable"),
    (lambda it: settings.is_told(it, "Ana", "off"), OFF, "notices.on or notices.off"),
    (lambda it: settings.is_at_settings(it, "Ana"), "<h1>Security Settings</h1>", "notices.security_settings"),
    (lambda it: sign_in.asked_to_sign_in(it, "Ana"), "<h1>Sign in</h1>", "notices.sign_in_form"),
    (lambda it: sign_in.is_signed_in(it, "Ana"), HEAD, "notices.signed_in"),
    (
        lambda it: sign_in.asked_for_app_code(it, "Ana"),
        "<label>Code from the app <input></label>",
        "notices.time_based_asked",
    ),
    (codes.announces, "<h1>Two-factor authentication is on</h1>", "notices.announced_on"),
    (
        lambda it: methods.asked_for_authorization(it, "Ana"),
        "<label>Authorization code <input></label>",
        "controls.authorization_code",
    ),
    (sought, "<a href=/>What is Two-Factor Authentication (2FA)?</a>", "controls.help_link"),
]


@pytest.mark.parametrize(("then", "shown", "entries"), THENS)
def test_what_comes_late_is_not_missing(visit: Visit, then: Callable[[Any], None], shown: str, entries: str) -> None:
    with pytest.raises(CannotTell, match="came later than it was waited for") as told:
        then(context(visit, shown, late=True))
    assert entries in told.value.cause
    assert "timing.answer" in told.value.hint


def test_what_never_comes_is_missing(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steps.tasks.belated._SECONDS", 0.5)
    with pytest.raises(NotAsExpected, match="it is not there"):
        settings.is_offered(context(visit, "", late=False), "Ana", "Click Here to Enable")

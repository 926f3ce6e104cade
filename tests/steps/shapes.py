"""A miniature portal in any of the ways in which methods go together: exclusive, several at once, or forced."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, cast

import segno

from fixtures.actor import Actor
from fixtures.authenticator import Authenticator, KeyUri
from fixtures.mailbox.mail import Mail
from tests.steps.conftest import SECRET, Letters, MiniPortal, Page

_HEAD = "<header><details><summary>Ana Example</summary></details></header>"
_SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
_ENABLE = "<form action=/choice><button>Click Here to Enable</button></form>"
_CHOICE = (
    f"{_HEAD}<h1>Choose a method</h1><form method=post action=/set-up>"
    "<label><input type=radio name=method value=time_based>Time Based Tokens</label>"
    "<label><input type=radio name=method value=email>Email Two-Factor Authentication</label>"
    "<button>Get Started</button></form>"
)
_QR = segno.make(f"otpauth://totp/Shop:ana?secret={SECRET}").svg_inline(scale=5, border=4)
_FIELDS = {"time_based": "Code from the app", "email": "Authorization code"}
_REFUSALS = {"time_based": "That code is not right.", "email": "That code is not right or has expired."}
DEMAND = "Protect your account first"

WAYS_OFF: dict[str, Any] = {
    "turn_off_time_based": ["remove_app"],
    "turn_off_email": ["stop_mails"],
}
"""Paths by which each method is turned off by itself; they replace the documented one."""
CONTROLS: dict[str, Any] = {
    "remove_app": {"role": "button", "name": "Disable time_based"},
    "stop_mails": {"role": "button", "name": "Disable email"},
}
NOTICES: dict[str, Any] = {"set_up_demanded": {"role": "heading", "name": DEMAND}}
NOT_LISTED: dict[str, Any] = {
    f"turned_off_{method}": {"css": f"p:has-text('Methods that are on:'):not(:has-text('{method}'))"}
    for method in ("time_based", "email")
}
"""Notices for a portal that says nothing when a method was turned off, and shows a list without it."""
CAPABILITIES = {"backup_code": False, "turn_off_password": False}


class ShapedPortal:
    """What the portal knows of its one customer, and its pages; `join` gives it the customer's clock and mailbox."""

    def __init__(self, *, together: bool = False, forced: bool = False, silent: bool = False) -> None:
        self.together, self.forced, self.silent = together, forced, silent
        self.on: list[str] = []
        self.signed_in = False
        self.mailed = ""
        self._method = ""
        self._numbers = count(111111)
        self._actor: Actor | None = None

    def join(self, actor: Actor, portal: MiniPortal) -> Actor:
        """Put the pages into `portal`, whose customer is `actor`."""
        self._actor = actor
        portal.pages |= self._pages()
        return actor

    def _pages(self) -> dict[str, Page]:
        guarded: dict[str, Callable[[dict[str, str]], str]] = {
            "/client": lambda sent: _HEAD,
            "/client/security/two-factor": self._settings,
            "/off": self._turn_off,
        }
        return {
            "/sign-in": self._sign_in,
            "/password": self._password,
            "/challenge": self._challenge,
            "/choice": _CHOICE,
            "/set-up": self._set_up,
            "/confirm": self._confirm,
            **{path: self._guard(page) for path, page in guarded.items()},
        }

    def _guard(self, page: Callable[[dict[str, str]], str]) -> Callable[[dict[str, str]], str]:
        def guarded(sent: dict[str, str]) -> str:
            if not self.signed_in:
                return _SIGN_IN
            return f"{_HEAD}<h1>{DEMAND}</h1>{_ENABLE}" if self.forced and not self.on else page(sent)

        return guarded

    def _sign_in(self, sent: dict[str, str]) -> str:
        self.signed_in = False
        return _SIGN_IN

    def _password(self, sent: dict[str, str]) -> str:
        assert self._actor is not None
        if sent["password"] != self._actor.account.password:
            return f"<p>The email address or password is not right.</p>{_SIGN_IN}"
        if self.on:
            return self._ask("/challenge", "Verify", self.on[-1])
        self.signed_in = True
        return self._guard(lambda sent: _HEAD)(sent)

    def _ask(self, action: str, button: str, method: str) -> str:
        self._method = method
        if method == "email":
            self._mail()
        field = f"<label>{_FIELDS[method]} <input name=code></label>"
        return f"<form method=post action={action}>{field}<button>{button}</button></form>"

    def _mail(self) -> None:
        assert self._actor is not None
        self.mailed = str(next(self._numbers))
        letters = cast(Letters, self._actor.world.mailbox)
        letters.kept.append(Mail(self.mailed, ("ana@a.example",), "Code", (("text/plain", f"Code: {self.mailed}"),)))

    def _is_right(self, code: str) -> bool:
        assert self._actor is not None
        app = Authenticator(KeyUri(SECRET, "", "", "SHA1", 6, 30))
        return code == (self.mailed if self._method == "email" else app.code(self._actor.now()))

    def _challenge(self, sent: dict[str, str]) -> str:
        self.signed_in = self._is_right(sent["code"])
        return _HEAD if self.signed_in else f"<p>{_REFUSALS[self._method]}</p>"

    def _settings(self, sent: dict[str, str]) -> str:
        offs = "".join(
            f"<form method=post action=/off><input type=hidden name=method value={method}>"
            f"<button>Disable {method}</button></form>"
            for method in self.on
        )
        said = "Two-factor authentication is on" if self.on else "Two-factor authentication is off"
        if self.silent:
            said += f"<p>Methods that are on: {', '.join(self.on) or 'none'}</p>"
        return f"{_HEAD}<p>{said}</p>{offs}{_ENABLE if self.together or not self.on else ''}"

    def _set_up(self, sent: dict[str, str]) -> str:
        method = sent["method"]
        picture = f"<div role=img aria-label='QR code for your authenticator app'>{_QR}</div>"
        button = "Confirm" if method == "time_based" else "Activate"
        return _HEAD + (picture if method == "time_based" else "") + self._ask("/confirm", button, method)

    def _confirm(self, sent: dict[str, str]) -> str:
        if not self._is_right(sent["code"]):
            return f"{_HEAD}<p>{_REFUSALS[self._method]}</p>"
        self.on = [*(self.on if self.together else []), self._method]
        return f"{_HEAD}<h1>Two-factor authentication is on</h1><a href=/client>Done</a>"

    def _turn_off(self, sent: dict[str, str]) -> str:
        self.on.remove(sent["method"])
        if self.silent:
            return self._settings(sent)
        return f"{_HEAD}<p>Two-factor authentication was turned off.</p>"

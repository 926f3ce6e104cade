"""A miniature shop whose two-factor settings are a page in a frame of a dialog, with a row for each method.

No row says what it is a method of, no words say on or off, and what is typed as a code is not shown.
"""

from __future__ import annotations

import html

import segno

from tests.drafting.shop import SECRET, Shop, Visitor

SETTINGS = "/factors?inside=yes"
OPEN = (
    "const box = document.createElement('div'); box.setAttribute('role', 'dialog');"
    f"box.innerHTML = '<h2>Sign-in</h2><iframe title=\\' \\' src=\\'{SETTINGS}\\' width=600 height=400></iframe>';"
    "document.body.append(box)"
)


class FramedShop(Shop):
    """A shop of one page, where the settings come in a frame."""

    def page(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        """What a visitor gets at a path: HTML, or where to go next."""
        if path == "/factors" and visitor.signed_in:
            return "<div>Ways to sign in</div>" + self._factors(sent)
        return super().page(path, sent, visitor)

    def _head(self) -> str:
        show = "document.getElementById('menu').hidden = false"
        entry = f'<li role=menuitem tabindex=0 onclick="{OPEN}">{self.words.two_factor}</li>'
        name = f'<button type=button aria-haspopup=menu onclick="{show}">{html.escape(self.account.name)}</button>'
        return f"<div>{name}<ul role=menu id=menu hidden>{entry}</ul></div>"

    def _challenge(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        """The challenge, which has no backup code, and hides what is typed."""
        if sent and self._is_right(sent["code"]):
            visitor.signed_in = True
            return "/home"
        refused = f"<p role=alert>{self.words.wrong_code}</p>" if sent else ""
        return f"<h1>{self.words.two_factor}</h1>{refused}{_form('/challenge', _field('Passcode'), 'Complete')}"

    def _factors(self, sent: dict[str, str]) -> str:
        """The rows, or the set-up that one of them begins."""
        if sent.get("app") == "DELETE":
            self.on, self._last_step = False, 0
            return f"<p role=status>{self.words.turned_off}</p>{self._rows()}"
        if sent.get("app") == "SETUP" and "code" not in sent:
            return self._set_up("")
        if "code" in sent and not self._is_right(sent["code"]):
            return self._set_up(f"<p role=alert>{self.words.wrong_code}</p>")
        if "code" in sent:
            self.on = True
            return f"<p role=status>{self.words.on}</p>{self._rows()}"
        return self._rows()

    def _rows(self) -> str:
        app = ("DELETE", "Delete") if self.on else ("SETUP", "Set up")
        rows = [("Authenticator", "app", *app), ("Paper list", "paper", "SETUP", "Set up")]
        told = (
            f"<div><div>{title}</div><div><button name={name} value={value}>{words}</button></div></div>"
            for title, name, value, words in rows
        )
        return _form(SETTINGS, "".join(told), "")

    def _set_up(self, refused: str) -> str:
        qr = segno.make(f"otpauth://totp/Shop:ana?secret={SECRET}&issuer=Shop").svg_inline(scale=5, border=4)
        asked = _form(SETTINGS, "<input type=hidden name=app value=SETUP>" + _field("Passcode of now"), "Complete")
        return f"<div role=img aria-label=QR>{qr}</div>{refused}{asked}"


def _form(action: str, fields: str, button: str) -> str:
    """A form, with a button of its own unless its fields have some."""
    return f"<form method=post action='{action}'>{fields}{f'<button>{button}</button>' if button else ''}</form>"


def _field(hint: str) -> str:
    """A field for a code that is not shown, with nothing but a hint in it."""
    return f"<input type=password name=code autocomplete=off placeholder='{hint}'>"

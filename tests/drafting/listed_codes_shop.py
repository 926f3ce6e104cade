"""A miniature shop that lists what sign-in asks for, and hands out backup codes as one more thing to add to the list.

Added, they stand folded up in the dialog that says so; in the list they have a row of their own, to be removed by
itself.  The codes look like those of the app, and go into the same field.
"""

from __future__ import annotations

import secrets

from tests.drafting.listed_shop import ADD, LIST, ListedShop
from tests.drafting.shop import Visitor

APP, CODES = "Phone app", "Backup codes"


class ListedCodesShop(ListedShop):
    """A shop with authenticators and backup codes in one list."""

    listed: tuple[str, ...] = ()
    """What is in the list, in the order in which the page shows it."""
    codes: tuple[str, ...] = ()

    def whole(self, page: str) -> str:
        """A page with all that goes around it, and one more entry in the list of methods."""
        return super().whole(page.replace("'Mail']", f"'Mail', '{CODES}']"))

    def _home(self, sent: dict[str, str], visitor: Visitor) -> str:
        """The list, with a question in front of it where something is to be removed."""
        if what := sent.get("what"):
            self._keep(*(thing for thing in self.listed if thing != what))
        if not self.listed:
            return "<main><div role=status><h2>No authenticators so far</h2></div></main>"
        rows = "".join(
            f"<tr><td>{thing}</td><td>{self.words.on}</td><td>{_remove(thing)}</td></tr>" for thing in self.listed
        )
        sure = "<p>Are you sure?</p><button>Remove</button> <button type=button>Cancel</button>"
        question = f"<form method=post action={LIST}><input type=hidden name=what id=what>{sure}</form>"
        dialog = f"<div role=dialog id=sure hidden><h3>One moment</h3>{question}</div>"
        return f"<main><h2>Your authenticators</h2><table>{rows}</table></main>{dialog}"

    def _add(self, sent: dict[str, str]) -> str:
        page = super()._add({key: value for key, value in sent.items() if key == "way"})
        if "code" in sent and self._is_right(sent["code"]):
            self._keep(APP, *self.listed)
            return page + _added("")
        if sent.get("way") == CODES:
            self.codes = tuple(f"{secrets.randbelow(10**6):06}" for _ in range(8))
            self._keep(CODES, *self.listed)
            shown = "".join(f"<span>#{number}: {code}</span> " for number, code in enumerate(self.codes))
            return page + _added(f"<details><summary>Code list</summary><div id=codes>{shown}</div></details>")
        return super()._add(sent)

    def _challenge(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        if sent.get("code") in self.codes:
            self.codes = tuple(code for code in self.codes if code != sent["code"])
            visitor.signed_in = True
            return LIST
        return super()._challenge(path, sent, visitor)

    def _keep(self, *things: str) -> None:
        """Let the list hold these things."""
        self.listed, self.on = things, bool(things)
        if APP not in things:
            self._last_step = 0
        if CODES not in things:
            self.codes = ()


def _remove(thing: str) -> str:
    ask = f"document.getElementById('what').value = '{thing}'; document.getElementById('sure').hidden = false"
    return f'<button onclick="{ask}">Remove authenticator</button>'


def _added(shown: str) -> str:
    """The dialog that says that something was added."""
    return f"<div role=dialog><h3>Successfully added</h3>{shown}<a href={ADD}>Close</a></div>"

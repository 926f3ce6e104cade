"""A miniature shop whose settings list what sign-in asks for, and never speak of two factors.

The sign-in leads to the list at once.  A method is chosen in a list that a script draws: it is filled late, while the
page shows that it is busy, opens on a press, and closes with each choice.  The set-up, and the question before anything
is removed, come in a dialog.
"""

from __future__ import annotations

import segno

from tests.drafting.shop import SECRET, Shop, Visitor

LIST, ADD = "/home", "/add"
_LIST_OF_METHODS = """
<div role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false aria-labelledby=chosen
 id=ways><span id=chosen></span></div>
<div role=listbox id=options hidden></div><input type=hidden name=way id=way>
<div role=progressbar style="width:9em;height:1em">…</div>
<script>
const ways = document.getElementById('ways'), options = document.getElementById('options');
const choose = (way) => {
  document.getElementById('chosen').textContent = document.getElementById('way').value = way;
  options.hidden = true; ways.setAttribute('aria-expanded', 'false');
};
ways.onclick = () => { options.hidden = false; ways.setAttribute('aria-expanded', 'true'); };
setTimeout(() => {
  for (const way of ['Postcards', 'Phone app', 'Mail']) {
    const option = document.createElement('div');
    option.setAttribute('role', 'option'); option.textContent = way; option.onclick = () => choose(way);
    options.append(option);
  }
  choose('Mail');
  document.querySelector('[role=progressbar]').remove();
}, 300);
</script>
"""


class ListedShop(Shop):
    """A shop with a list of authenticators instead of two-factor settings."""

    def page(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        """What a visitor gets at a path: HTML, or where to go next."""
        if path == ADD and visitor.signed_in:
            return self._head() + self._add(sent)
        return super().page(path, sent, visitor)

    def _head(self) -> str:
        ways = f"<a href={LIST}>All authenticators</a> <a href={ADD}>Add authenticator</a>"
        return f"<nav><span>{self.account.name}</span> {ways} <a href=/logout>{self.words.sign_out}</a></nav>"

    def _home(self, sent: dict[str, str], visitor: Visitor) -> str:
        """The list, with a question in front of it where something is to be removed."""
        if sent.get("sure") == "yes":
            self.on, self._last_step = False, 0
        if not self.on:
            return "<main><div role=status><h2>No authenticators so far</h2></div></main>"
        remove = "document.getElementById('sure').hidden = false"
        row = f'<td>Phone app</td><td>{self.words.on}</td><td><button onclick="{remove}">Remove authenticator</button>'
        sure = (
            "<p>Are you sure?</p><button name=sure value=no>Cancel</button><button name=sure value=yes>Remove</button>"
        )
        question = (
            f"<div role=dialog id=sure hidden><h3>One moment</h3><form method=post action={LIST}>{sure}</form></div>"
        )
        listed = f"<table><tr>{row}</td></tr></table><button aria-disabled=true>Next page</button>"
        return f"<main><h2>Your authenticators</h2>{listed}</main>{question}"

    def _add(self, sent: dict[str, str]) -> str:
        form = f"<form method=post action={ADD}>{_LIST_OF_METHODS}<button>Add authenticator</button></form>"
        page = f"<main><h2>A new authenticator</h2>{form}</main>"
        if "code" in sent and self._is_right(sent["code"]):
            self.on = True
            return f"<main><p role=status>Successfully added</p><a href={LIST}>{self.words.done}</a></main>"
        if sent.get("way") == "Phone app" or "code" in sent:
            return page + self._set_up(f"<p role=alert>{self.words.wrong_code}</p>" if "code" in sent else "")
        return page

    def _set_up(self, refused: str) -> str:
        qr = segno.make(f"otpauth://totp/Shop:ana?secret={SECRET}&issuer=Shop").svg_inline(scale=5, border=4)
        key = f"<details><summary>Key</summary><p>In letters: {SECRET}</p></details>"
        code = "<label>Passcode <input name=code autocomplete=off></label>"
        asked = f"<form method=post action={ADD}>{code}<button>{self.words.confirm}</button></form>"
        out = f"<a href={ADD}>{self.words.cancel}</a>"
        return (
            f"<div role=dialog><h3>Scan this</h3><div role=img aria-label=QR>{qr}</div>{key}{refused}{asked}{out}</div>"
        )

    def _challenge(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        if sent and self._is_right(sent["code"]):
            visitor.signed_in = True
            return LIST
        refused = f"<p role=alert>{self.words.wrong_code}</p>" if sent else ""
        code = "<label>Passcode of your phone <input name=code autocomplete=off></label>"
        asked = f"<form method=post action=/challenge>{code}<button>{self.words.sign_in}</button></form>"
        return f"<h1>Hello</h1>{refused}{asked}"

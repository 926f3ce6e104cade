"""The menu behind the name is a button and a list of menu items."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import restyle, script

VARIATION = Deviation()
VARIATION.edit("base.html", '<details class="menu">', '<div class="menu">')
VARIATION.edit("base.html", "</details>", "</div>")
VARIATION.edit(
    "base.html",
    "<summary>{{ customer.name }}</summary>",
    '<button type="button" class="second" aria-haspopup="menu" aria-expanded="false">{{ customer.name }}</button>',
)
VARIATION.edit("base.html", '<div class="menu-panel">', '<div class="menu-panel" role="menu" hidden>')
VARIATION.edit(
    "base.html", '<li><a href="/client/security"', '<li role="none"><a role="menuitem" href="/client/security"'
)
restyle(VARIATION, lambda css: f"{css}\n.menu-panel[hidden] {{ display: none; }}\n")
script(
    VARIATION,
    """for (const button of document.querySelectorAll("[aria-haspopup]")) button.addEventListener("click", () => {
  const panel = button.parentElement.querySelector("[role=menu]");
  panel.hidden = !panel.hidden;
  button.setAttribute("aria-expanded", String(!panel.hidden));
});
""",
)

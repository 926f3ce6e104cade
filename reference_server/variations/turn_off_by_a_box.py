"""Turning it off asks "are you sure?" in a box of the browser, and for no password."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import script
from reference_server.visiting import Visit

VARIATION = Deviation()
VARIATION.edit("two_factor.html", '    {{ m.password_field("password", "Password") }}\n', "")
VARIATION.edit("two_factor.html", 'two-factor/disable" class="short"', 'two-factor/disable" data-sure="Are you sure?"')
script(
    VARIATION,
    """for (const form of document.querySelectorAll("[data-sure]")) {
  form.addEventListener("submit", (event) => { if (!confirm(form.dataset.sure)) event.preventDefault(); });
}
""",
)


@VARIATION.rule("routes_two_factor.password_problem")
async def none_asked_for(right: Callable[[Visit], Awaitable[str]], visit: Visit) -> str:
    """Ask for the password where a new backup code is made, and nowhere else."""
    return "" if visit.request.url.path.endswith("/disable") else await right(visit)

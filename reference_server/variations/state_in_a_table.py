"""Whether it is on stands as one word in a table."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
for _word, _said in (("on", "Active"), ("off", "Not active")):
    VARIATION.edit(
        "two_factor.html",
        f'<p class="big-state {_word}" data-two-factor="{_word}">Two-factor authentication is {_word}</p>',
        f'<table><tr><th scope="row">Two-factor sign-in</th><td>{_said}</td></tr></table>',
    )

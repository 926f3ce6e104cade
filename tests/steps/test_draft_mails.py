"""A draft learns what a mailed code looks like from the first mail, where it is no number of six digits."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from fixtures.mailbox.mail import Mail
from steps.tasks.drafting import confirming
from tests.steps.conftest import Letters, Visit
from tests.steps.drafts import begin


@pytest.mark.parametrize(
    ("text", "code", "learnt"),
    [
        ("Your code is 12345678. It is good until 2027.", "12345678", r"(?<!\d)(\d{8})(?!\d)"),
        ("1234 is your code.", "1234", r"(?<!\d)(\d{4})(?!\d)"),
        ("123456 is your code, order 12345678.", "123456", None),
    ],
)
def test_the_length_of_the_code_is_learnt(
    visit: Visit, tmp_path: Path, text: str, code: str, learnt: str | None
) -> None:
    walker = begin(visit, tmp_path).walker
    letters = cast(Letters, walker.actor.world.mailbox)
    walker.actor.method = "email"
    letters.kept.append(Mail("1", (walker.actor.account.username,), "Your code", (("text/plain", text),)))
    assert confirming.right_code(walker) == code
    assert walker.draft.value("mailbox", "code_pattern") == learnt

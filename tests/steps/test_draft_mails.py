"""A draft learns what a mailed code looks like from the first mail, where it is no number of six digits."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from fixtures.mailbox.mail import Mail
from steps.tasks.drafting import confirming, methods
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


def test_where_no_mail_comes_by_itself_one_is_asked_for(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    walker, letters = drafting.walker, cast(Letters, drafting.walker.actor.world.mailbox)
    address = walker.actor.account.username

    def send(_: dict[str, str]) -> str:
        letters.kept.append(Mail("2", (address,), "Your code", (("text/plain", "87654321"),)))
        return "<p>Sent.</p><a href=/again>Resend code</a>"

    drafting.pages |= {"/set-up": "<p>Enter it.</p><a href=/again>Resend code</a>", "/again": send}
    letters.kept.append(Mail("1", (address,), "Your code", (("text/plain", "12345678"),)))
    walker.actor.method, walker.actor.mails_then = "email", 1  # the mail of an earlier deed
    walker.actor.world.profile = walker.actor.world.profile.model_copy(
        update={"mailbox": walker.actor.world.profile.mailbox.model_copy(update={"seconds": 1})}
    )
    walker.go("/set-up")
    methods._learn_mails(walker)
    assert walker.draft.value("paths", "resend") == ["send_again"]
    assert walker.draft.value("mailbox", "code_pattern") == r"(?<!\d)(\d{8})(?!\d)"

"""What tells the methods apart where their pages look alike: words that only one has, and words that one lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.tasks.drafting import asking, confirming
from tests.steps.conftest import Visit
from tests.steps.drafts import Drafting, begin

FIELD = "<label>OTP <input name=otp></label><button>Verify</button>"
ASKED, MAILED = "<p>Please enter the OTP:</p>", "<p>Enter the OTP from the mail</p>"


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana at a portal that asks for codes of either method in one form."""
    started = begin(visit, tmp_path)
    started.pages |= {"/app": f"<form>{ASKED}{FIELD}</form>", "/mail": f"<form>{MAILED}{ASKED}{FIELD}</form>"}
    return started


def test_a_challenge_whose_words_are_in_another_is_told_by_what_it_lacks(drafting: Drafting) -> None:
    walker = drafting.walker
    walker.pages |= {"asked_time_based": walker.go("/app"), "asked_email": walker.go("/mail")}
    asking.learn_asked(walker, ["time_based", "email"])
    assert walker.draft.value("notices", "email_asked") == {"text": "Enter the OTP from the mail"}
    assert not walker.sees("notices", "time_based_asked")  # the mail's challenge is open
    walker.go("/app")
    assert walker.sees("notices", "time_based_asked")


QR = "<div role=img aria-label=QR style='width:99px;height:99px;background:#000'></div>"


def test_a_set_up_is_told_by_words_where_its_picture_and_field_are_in_another_as_well(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages |= {"/app": f"{QR}<p>Type the OTP of the app</p>{FIELD}", "/mail": f"{QR}{MAILED}{FIELD}"}
    walker.pages |= {"set_up_time_based": walker.go("/app"), "set_up_email": walker.go("/mail")}
    walker.put("notices", "time_based_started", {"role": "img", "name": "QR"}, sure=True)
    walker.put("notices", "email_started", {"label": "OTP"}, sure=True)
    asking.learn_started(walker, ["time_based", "email"])
    told = [walker.draft.value("notices", f"{method}_started") for method in ("time_based", "email")]
    assert told == [{"text": "Type the OTP of the app"}, {"text": "Enter the OTP from the mail"}]


def test_a_set_up_that_is_told_by_what_no_other_has_stays_as_it_is(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages |= {"/app": f"{QR}<p>Type the OTP of the app</p>{FIELD}", "/mail": f"{MAILED}{FIELD}"}
    walker.pages |= {"set_up_time_based": walker.go("/app"), "set_up_email": walker.go("/mail")}
    walker.put("notices", "time_based_started", {"role": "img", "name": "QR"}, sure=True)
    asking.learn_started(walker, ["time_based"])
    asking.learn_started(walker, ["time_based", "email"])
    assert walker.draft.value("notices", "time_based_started") == {"role": "img", "name": "QR"}


TOAST = "<div><span>That code is wrong.</span><button onclick=this.parentElement.remove()>\u2715</button></div>"
SHOW = "event.preventDefault(); here.append(toast.content.cloneNode(true))"
STAYS = f"""<h1>Set up</h1><template id=toast>{TOAST}</template>
<form onsubmit="{SHOW}">{FIELD}</form><div id=here></div>"""


def refused(drafting: Drafting) -> list[object]:
    """The deeds with which a way begins on which a wrong code may have been given before."""
    walker = drafting.walker
    question = confirming.ask(walker, walker.go("/set-up"), kind="time_based", button="confirm")
    confirming.learn_refusals(walker, question, "time_based_refused", ["000000"])
    assert walker.draft.value("notices", "time_based_refused") == {"text": "That code is wrong."}
    return list(confirming.dismissal(walker, "time_based_refused"))


def test_a_refusal_in_front_of_a_page_that_stays_is_taken_away(drafting: Drafting) -> None:
    drafting.pages["/set-up"] = STAYS
    assert refused(drafting) == [{"press": "dismiss", "optional": True}]
    assert not drafting.walker.sees("notices", "time_based_refused")


def test_a_refusal_on_a_new_page_goes_with_it(drafting: Drafting) -> None:
    form = f"<h1>Set up</h1><form method=post action=/set-up>{FIELD}</form>"
    drafting.pages["/set-up"] = lambda sent: form + (TOAST if sent else "")
    assert refused(drafting) == []

"""A draft puts an account back: the journal forgets it only when the password alone was seen to sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa.errors import CannotTell
from steps.tasks.drafting import entering, leaving
from tests.steps.conftest import Page as Html
from tests.steps.conftest import Visit
from tests.steps.drafts import Drafting, begin


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana's factor is on, for all that the journal knows; the portal lets her in by her password."""
    return begin(visit, tmp_path)


def asking(label: str, **attributes: str) -> str:
    """A page that asks for a code in these words."""
    more = " ".join(f"{name}={value}" for name, value in attributes.items())
    return f"<p>One more step</p><form><label>{label} <input name=x {more}></label><button>Continue</button></form>"


NO_PROOF: dict[str, Html] = {
    "a long label": asking("Please enter the code from your authenticator app to continue"),
    "digits": asking("Enter the 6 digits", inputmode="numeric"),
    "a token": asking("Enter your token"),
    "a code that is sent only then": "<p>Hello Ana Example</p><button>Send code</button>",
    "the way to her code": "<p>We mailed a code to ana@a.example.</p><a href=/help>Help</a>",
    "too many requests": (429, "<h1>Too many requests</h1>"),
    "a fault": (500, "<h1>Internal server error</h1>"),
    "a session that ended": "<h1>Your session expired</h1><a href=/>Start again</a>",
}


@pytest.mark.parametrize("page", NO_PROOF.values(), ids=list(NO_PROOF))
def test_without_proof_that_the_factor_is_off_the_journal_keeps_the_account(drafting: Drafting, page: Html) -> None:
    drafting.pages["/in"] = page
    with pytest.raises(CannotTell):
        leaving.prove_off(drafting.walker)
    assert drafting.kept


def test_a_page_that_names_the_customer_is_proof_enough(drafting: Drafting) -> None:
    leaving.prove_off(drafting.walker)
    assert not drafting.kept


def test_the_client_area_is_known_again_where_it_names_nobody(drafting: Drafting) -> None:
    nameless = "<h1>Overview</h1><a href=/tickets>Tickets</a><label>Promo code <input name=promo></label>"
    drafting.pages["/in"] = nameless
    walker = drafting.walker
    entering.sign_in(walker, walker.actor.values["password"])
    walker.pages["client_area"] = walker.pages["off"] = walker.see()
    drafting.pages["/in"] = (429, "<h1>Overview</h1>")
    with pytest.raises(CannotTell):
        leaving.prove_off(walker)
    assert drafting.kept
    drafting.pages["/in"] = nameless
    leaving.prove_off(walker)
    assert not drafting.kept

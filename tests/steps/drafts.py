"""A walker who drafts at a miniature portal whose sign-in form it has learnt, and the journal of the account."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal2fa.drafting import vocabulary
from portal2fa.drafting.draft import Draft
from portal2fa.journal import Entry, Journal, Page
from steps.tasks.drafting import entering
from steps.tasks.drafting.walker import Walker
from tests.steps.conftest import Page as Html
from tests.steps.conftest import Visit

FORM = """<h1>Sign in</h1><form method=post action=/in>
<label>Username <input name=username></label><label>Password <input type=password name=password></label>
<button>Sign in</button></form>"""
CLIENT_AREA = "<h1>Welcome</h1><button>Ana Example</button><a href=/tickets>Tickets</a>"


@dataclass
class Drafting:
    """A walker at the sign-in form of a portal, and the journal in which the account's set-up was begun."""

    walker: Walker
    journal: Journal
    pages: dict[str, Html]
    forms: list[dict[str, str]]
    """What the portal was sent, in order."""

    @property
    def kept(self) -> bool:
        """Whether the journal still has the account."""
        return bool(self.journal.entries()[0])


def begin(visit: Visit, folder: Path) -> Drafting:
    """Ana's factor is on, for all that the journal knows; the portal lets her in by her password."""
    pages: dict[str, Html] = {"/": FORM, "/in": f"<p role=alert>Wrong password</p>{FORM}"}
    actor, portal = visit(pages)
    journal = Journal({"PORTAL2FA_STATE": str(folder / "state")})
    actor.page = Page(journal, Entry("mini", "mini.toml", actor.world.url, actor.account.username))
    actor.page.begin("time_based")
    walker = Walker(actor, vocabulary.load(), Draft(), lambda: False, lambda _: None, patience=1.0)
    entering.find_sign_in(walker, "/")
    entering.learn_form(walker)
    pages["/in"] = CLIENT_AREA
    return Drafting(walker, journal, pages, portal.forms)

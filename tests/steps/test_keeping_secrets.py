"""Which answers hold a secret, and so must not be kept: a page into which a script draws it holds none itself."""

from __future__ import annotations

import pytest

from steps.tasks import overhearing
from tests.steps.conftest import SECRET, Page, Visit

SHELL = (
    "<p id=here></p><script>fetch('/secret').then(a => a.text()).then(text => { here.textContent = 'done' })</script>"
)
WRITTEN = f"<p>{SECRET}</p><p>done</p>"
DRAWN = "<svg><path d='M0 0h9v9z'/></svg><p>done</p>"
CODE = f"<svg id=code><path d='{'M0 0h9v9z' * 9}'/></svg>"
SPLIT = f"<b>{SECRET[:16]}</b><b>{SECRET[16:]}</b>"


@pytest.mark.parametrize(
    ("page", "headers", "kept"),
    [
        (SHELL, {"/secret": "no-store"}, []),
        (SHELL, {"/": "no-store"}, ["/secret"]),
        (WRITTEN, {"/": "no-store"}, []),
        (WRITTEN, {}, ["/"]),
        (CODE + SHELL, {"/secret": "no-store"}, ["/"]),
        (SPLIT + SHELL, {"/secret": "no-store"}, ["/"]),
        (DRAWN + SHELL, {"/secret": "no-store"}, []),
        (DRAWN, {}, ["/"]),
        (DRAWN, {"/": "no-store"}, []),
    ],
    ids=[
        "asked for, not kept",
        "asked for, kept",
        "written, not kept",
        "written, kept",
        "drawn in the page and asked for as well",
        "split in the page and asked for as well",
        "asked for, beside a drawing that is something else",
        "drawn, kept",
        "drawn, not",
    ],
)
def test_what_holds_the_secret_may_not_be_kept(
    visit: Visit, page: str, headers: dict[str, str], kept: list[str]
) -> None:
    pages: dict[str, Page] = {"/": page, "/secret": SECRET}
    actor, portal = visit(pages, controls={"qr_code": {"css": "#code"}})
    portal.headers = {path: {"cache-control": value} for path, value in headers.items()}
    actor.listen()
    actor.portal.go(f"{portal.url}/")
    actor.portal.page.get_by_text("done").first.wait_for()
    found = [one for one in overhearing.answers_with(actor, SECRET) if overhearing.may_be_kept(one)]
    assert [one.url.removeprefix(portal.url) for one in found] == kept

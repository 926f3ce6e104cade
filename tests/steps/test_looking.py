"""Looking closely: where the name stands, what covers it, and where a secret shows up again."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any, cast

import pytest
import segno

from fixtures import contents
from portal2fa.profile_accounts import Account
from steps.tasks import backup, looking
from tests.steps.conftest import SECRET, Visit

NAME = (
    "<header><details><summary style='position:fixed;list-style:none;{style}'>Ana Example</summary></details></header>"
)


def page(style: str, more: str = "") -> str:
    return NAME.format(style=style) + more


@pytest.mark.parametrize(
    ("html", "right", "upper", "in_sight"),
    [
        (page("top:8px;right:8px"), True, True, True),
        (page("top:8px;left:8px"), False, True, True),
        (page("bottom:8px;right:8px"), True, False, True),
        (page("bottom:8px;left:8px"), False, False, True),
        (page("top:8px;left:50%"), False, True, True),
        (page("top:8px;right:-40px"), True, True, False),
        (page("top:-10px;right:8px"), True, True, False),
        (page("top:-0.25px;right:-0.5px"), True, True, True),
        (page("top:-1.5px;right:8px"), True, True, False),
        (f"<html dir=rtl>{page('top:8px;left:8px')}", True, True, True),
        (f"<html dir=rtl>{page('top:8px;right:8px')}", False, True, True),
    ],
)
def test_the_corner_of_the_name_is_measured(visit: Visit, html: str, right: bool, upper: bool, in_sight: bool) -> None:
    actor, _ = visit({"/page": html})
    actor.portal.go(f"{actor.portal.url}/page")
    where = looking.position(actor, "name")
    assert (where.across >= 2 / 3, where.down <= 1 / 4, where.in_sight) == (right, upper, in_sight)


@pytest.mark.parametrize(
    ("shown", "own", "strangers"),
    [
        ("Ana Example", True, False),
        ("Hello, Ana Example!", True, False),
        ("Diana Examples", False, False),
        ("Ben Example", False, True),
        ("Ana Example (Ben Example)", True, True),
        ("Ben Examples", False, False),
        ("Ana Example, Ana", True, True),
    ],
)
def test_whose_name_is_shown(visit: Visit, shown: str, own: bool, strangers: bool) -> None:
    actor, _ = visit({"/page": page("top:8px;right:8px").replace("Ana Example", shown)})
    others = ("Ben Example", "Ana", "")
    there = [SimpleNamespace(account=Account(username="x", password="p", name=name)) for name in others]
    actor.world.actors = cast(Any, {"Ana": actor, **{name: person for name, person in zip(others, there, strict=True)}})
    actor.portal.go(f"{actor.portal.url}/page")
    seen = looking.names(actor)
    assert (seen.text, seen.own, seen.strangers) == (shown, own, strangers)


@pytest.mark.parametrize(
    ("more", "covered"),
    [
        ("", False),
        ("<div style='position:fixed;inset:0;background:#0008'></div>", True),
        ("<div style='position:fixed;top:0;right:0;width:300px;height:60px;background:gold'>Cookies?</div>", True),
        ("<div style='position:fixed;inset:0;pointer-events:none'></div>", False),
        ("<div style='position:fixed;bottom:0;left:0;width:100%;height:60px'>Cookies?</div>", False),
    ],
)
def test_what_lies_over_the_name_is_noticed(visit: Visit, more: str, covered: bool) -> None:
    actor, _ = visit({"/page": page("top:8px;right:8px", more)})
    actor.portal.go(f"{actor.portal.url}/page")
    assert looking.position(actor, "name").covered == covered


@pytest.mark.parametrize(("goes", "stays"), [("setTimeout(() => veil.remove(), 200)", False), ("", True)])
def test_what_lies_over_the_name_while_the_page_loads_does_not_count(visit: Visit, goes: str, stays: bool) -> None:
    veil = f"<div id=veil style='position:fixed;inset:0'>Loading</div><script>{goes}</script>"
    patience = {"answer": 1.0 if stays else 10.0}
    actor, _ = visit({"/page": page("top:8px;right:8px", veil)}, timing=patience)
    actor.portal.go(f"{actor.portal.url}/page")
    assert looking.stays_covered(actor) == stays


def test_the_name_is_measured_on_the_unscrolled_page(visit: Visit) -> None:
    actor, _ = visit({"/page": page("top:8px;right:8px", "<div style='height:5000px'></div>")})
    actor.portal.go(f"{actor.portal.url}/page")
    actor.portal.page.evaluate("scrollTo(0, 3000)")
    looking.position(actor, "name")
    assert actor.portal.page.evaluate("scrollY") == 0


NOTHING = "<p>nothing</p>"
SHADOW = "<div id=host></div><script>host.attachShadow({{mode: 'open'}}).innerHTML = {inside}</script>"
GROUPED = " ".join(SECRET[at : at + 4] for at in range(0, len(SECRET), 4))


@pytest.mark.parametrize(
    "leak",
    [
        f"<p>{SECRET}</p>",
        f"<p>{GROUPED.lower()}</p>",
        f"<!-- {SECRET} -->",
        f"<input type=hidden value={SECRET}>",
        f"<div data-key={SECRET}></div>",
        f"<div style='display:none'>{SECRET}</div>",
        f"<script>const key = '{SECRET}'</script>",
        f"<img alt=x src='/qr?secret={SECRET}'>",
        f"<input id=i><script>document.getElementById('i').value = {SECRET[:16]!r} + {SECRET[16:]!r}</script>",
        f"<p>{SECRET[:16]}<b>{SECRET[16:]}</b></p>",
        "<iframe src=/framed></iframe>",
        "<iframe src=/framed sandbox></iframe>",
        "<iframe src=/around hidden></iframe>",
        SHADOW.format(inside=f"'<p>' + {SECRET[:16]!r} + {SECRET[16:]!r}"),
    ],
)
def test_a_secret_that_shows_up_again_is_found_wherever_it_hides(visit: Visit, leak: str) -> None:
    framed = {"/framed": f"<p>{SECRET}</p>", "/around": "<iframe src=/framed></iframe>"}
    pages = {"/start": NOTHING, "/client/security/two-factor": leak}
    actor, _ = visit({**framed, **pages}, places={"revisit": ["/client/security/two-factor", "/start"]})
    actor.portal.go(f"{actor.portal.url}/start")
    found = looking.places_showing(looking.revisit(actor), SECRET)
    assert found == ["/client/security/two-factor"]


def test_a_secret_on_the_same_page_and_on_the_page_before_is_found(visit: Visit) -> None:
    clean = dict.fromkeys(("/client", "/client/security", "/client/security/two-factor"), NOTHING)
    actor, _ = visit({**clean, "/start": f"<p>{SECRET}</p>"})
    actor.portal.go(f"{actor.portal.url}/start")
    found = looking.places_showing(looking.revisit(actor), SECRET)
    assert found == ["the same page, loaded again", "the page before, by going back"]


def test_a_secret_that_a_page_fetches_after_it_was_loaded_is_found(visit: Visit) -> None:
    late = (
        "<div id=x></div><script>setTimeout(() => fetch('/data').then(answer => answer.text()).then(text =>"
        " setTimeout(() => x.innerText = text, 100)), 300)</script>"
    )
    actor, _ = visit({"/start": NOTHING, "/late": late, "/data": SECRET}, places={"revisit": ["/late", "/start"]})
    actor.portal.go(f"{actor.portal.url}/start")
    assert looking.places_showing(looking.revisit(actor), SECRET) == ["/late"]


def test_looking_again_sends_no_form_again_that_would_make_another_secret(visit: Visit) -> None:
    made = count(1)
    form = "<form method=post action=/codes><button>Make codes</button></form>"
    clean = dict.fromkeys(("/client", "/client/security", "/client/security/two-factor"), NOTHING)
    actor, portal = visit({**clean, "/start": form, "/codes": lambda sent: f"<p>codes number {next(made)}</p>"})
    actor.portal.go(f"{actor.portal.url}/start")
    actor.portal.page.get_by_role("button").click()
    looking.revisit(actor)
    assert len(portal.forms) == 1
    assert portal.asked.count("/codes") == 1


def test_a_page_whose_address_has_a_part_of_its_own_is_really_loaded_again(visit: Visit) -> None:
    clean = dict.fromkeys(("/client", "/client/security", "/client/security/two-factor", "/start"), NOTHING)
    actor, portal = visit(clean)
    actor.portal.go(f"{actor.portal.url}/start#codes")
    looking.revisit(actor)
    assert portal.asked[:2] == ["/start", "/start"]


def test_an_address_that_showed_the_secret_is_visited_again(visit: Visit) -> None:
    clean = dict.fromkeys(("/client", "/client/security", "/client/security/two-factor", "/start"), NOTHING)
    actor, _ = visit({**clean, "/set-up": f"<p>{SECRET}</p>"})
    actor.shown_at.append(f"{actor.portal.url}/set-up")
    actor.portal.go(f"{actor.portal.url}/start")
    assert looking.places_showing(looking.revisit(actor), SECRET) == ["/set-up"]


def test_a_secret_that_is_only_drawn_as_a_qr_code_is_found(visit: Visit) -> None:
    drawn = segno.make(f"otpauth://totp/Shop:ana?secret={SECRET}").svg_inline(scale=5, border=4, light="white")
    clean = dict.fromkeys(("/client", "/client/security", "/start"), NOTHING)
    actor, _ = visit({**clean, "/client/security/two-factor": drawn})
    actor.portal.go(f"{actor.portal.url}/start")
    assert looking.places_showing(looking.revisit(actor), SECRET) == ["/client/security/two-factor"]


def test_a_portal_that_keeps_its_secrets_shows_none(visit: Visit) -> None:
    pages = dict.fromkeys(("/client", "/client/security", "/client/security/two-factor", "/start"), NOTHING)
    actor, _ = visit(pages)
    actor.portal.go(f"{actor.portal.url}/start")
    shown = looking.revisit(actor)
    assert looking.places_showing(shown, SECRET) == []
    assert len(shown) == 5


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ("<label>Backup code <input readonly value=ABCD-2345-EFGH-6789></label>", ["ABCD-2345-EFGH-6789"]),
        ("<output aria-label='Backup code'>ABCD-2345-EFGH-6789</output>", ["ABCD-2345-EFGH-6789"]),
        (
            "<textarea aria-label='Backup code'>ABCD-2345-EFGH-6789\nQQQQ-WWWW-EEEE-RRRR</textarea>",
            ["ABCD-2345-EFGH-6789", "QQQQ-WWWW-EEEE-RRRR"],
        ),
        ("<label>Backup code <input></label>", []),
        ("<p>nothing</p>", []),
    ],
)
def test_backup_codes_are_read_from_where_they_are_handed_over(visit: Visit, html: str, codes: list[str]) -> None:
    actor, _ = visit({"/page": html})
    actor.portal.go(f"{actor.portal.url}/page")
    assert backup.read(actor) == codes
    assert backup.read(actor) == codes
    assert actor.backup_codes == codes, "each is noted once"
    assert all(actor.world.recorder.masked(code) == "••••" for code in codes)


@pytest.mark.parametrize("code", ["ABCD-2345-EFGH-6789", "zzzz-9999", "AZ29"])
def test_a_wrong_backup_code_has_the_form_of_the_right_one(visit: Visit, code: str) -> None:
    actor, _ = visit({})
    actor.backup_codes = [code]
    wrong = backup.wrong(actor)
    assert wrong != code
    assert [c.isalpha() for c in wrong] == [c.isalpha() for c in code]
    assert all(a != b for a, b in zip(wrong, code, strict=True) if a != "-")


def test_what_is_in_sight_is_read_in_frames_and_shadow_roots_as_well(visit: Visit) -> None:
    inside = "'<style>p {}</style><p>three</p>four<p hidden>five</p>'"
    page = f"<p>one</p><iframe src=/framed></iframe>{SHADOW.format(inside=inside)}"
    actor, portal = visit({"/page": page, "/framed": "<p>two <input value=six></p>"})
    actor.portal.go(f"{portal.url}/page")
    found = contents.of(actor.portal.page)
    assert sorted(found.words.split()) == ["four", "one", "three", "two"]
    assert "five" in found.markup
    assert found.values.split() == ["six"]

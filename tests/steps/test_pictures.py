"""No secret can be read in a picture: whatever the profile says of where it is, and before anybody knows it."""

from __future__ import annotations

import html
import io

import pytest
import segno
from PIL import Image

from fixtures import pictures
from fixtures.actor import Actor
from fixtures.authenticator import read_qr
from steps.tasks.drafting import seeing
from tests.steps.conftest import SECRET, Visit

URI = f"otpauth://totp/Mini:ana@a.example?secret={SECRET}&issuer=Mini"
QR = segno.make(URI, error="m", micro=False)
SVG = QR.svg_inline(scale=4, border=4, light="white")
ADDRESS = QR.png_data_uri(scale=4)
PAINTED = "".join(
    f"ctx.fillRect({4 * (x + 4)}, {4 * (y + 4)}, 4, 4);"
    for y, row in enumerate(QR.matrix)
    for x, dark in enumerate(row)
    if dark
)
TABLE = "".join(
    "<tr>" + "".join(f"<td style='padding:0;width:4px;height:4px;background:{'black' if d else 'white'}'>" for d in row)
    for row in QR.matrix
)
QR_CODES = {
    "image": f"<img src='{ADDRESS}'>",
    "svg": SVG,
    "canvas": f"<canvas id=c width=280 height=280></canvas><script>ctx = c.getContext('2d'); {PAINTED}</script>",
    "background": f"<div style=\"width:280px;height:280px;background:url('{ADDRESS}')\"></div>",
    "table": f"<table style='border-spacing:0;margin:40px'>{TABLE}</table>",
    "frame": f'<iframe width=400 height=400 srcdoc="{html.escape(SVG)}"></iframe>',
}
"""A QR code in whatever way a page may draw one."""
NOWHERE = {"controls": {name: {"css": "#nowhere"} for name in ("qr_code", "manual_key", "backup_code")}}
"""A profile that is wrong of all that shows secrets."""
COLOUR = (0x55, 0x55, 0x55)


def colours(actor: Actor, selector: str, png: bytes, frame: str = "") -> set[object]:
    """The colours of a picture of the window where an element is."""
    page = actor.portal.page
    box = (page.frame_locator(frame) if frame else page).locator(selector).bounding_box()
    assert box is not None
    left, top = round(box["x"]) + 1, round(box["y"]) + 1
    area = (left, top, left + int(box["width"]) - 2, top + int(box["height"]) - 2)
    found = Image.open(io.BytesIO(png)).convert("RGB").crop(area).getcolors(1 << 20)
    return {colour for _, colour in found or []}


@pytest.mark.parametrize("kind", QR_CODES)
def test_no_picture_has_a_qr_code_that_can_be_read(visit: Visit, kind: str) -> None:
    actor, portal = visit({"/": f"<h1>Set it up</h1>{QR_CODES[kind]}"}, **NOWHERE)
    actor.portal.go(portal.url)
    page = actor.portal.page
    assert read_qr(page.screenshot()) == URI
    crop = pictures.cropped(actor.portal, page.locator("h1"))
    for taken in (pictures.whole(actor.portal), crop, seeing.picture(page, None, [])):
        assert taken
        assert read_qr(taken) is None


LIKE_SECRETS = (
    SECRET,
    "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
    "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
    "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
    URI,
    "ABCD-EFGH-IJKL-MNOP",
    "A1B2 C3D4 E5F6",
    "a1b2c-3d4e5",
    "k7zvm2wp",
    "83920174",
    "8392 0174",
    "<b>ABCD</b>-<b>EFGH</b>",
)
HARMLESS = (
    "Two-Factor Authentication",
    "Step 2 of 3",
    "24 November 2026, 10:41",
    "ana-17@portal.example",
    "Ana Example",
    "real-time codes, OAuth2",
    "<a href=/a>Home</a><a href=/b>2FA</a><a href=/c>Settings</a>",
)


@pytest.mark.parametrize("text", LIKE_SECRETS)
def test_what_looks_like_a_secret_is_covered_before_it_is_known(visit: Visit, text: str) -> None:
    inner = html.escape(f"<p><span id=s>{text}</span> is for you</p>")
    frame = f'<iframe id=f width=1200 srcdoc="{inner}"></iframe>'
    actor, portal = visit({"/": f"<p>Write it down: <span id=s>{text}</span></p>{frame}"}, **NOWHERE)
    actor.portal.go(portal.url)
    for taken in (pictures.whole(actor.portal), seeing.picture(actor.portal.page, None, [])):
        assert colours(actor, "#s", taken) == {COLOUR}
        assert colours(actor, "#s", taken, frame="#f") == {COLOUR}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_none_is_left_in_sight(visit: Visit, text: str) -> None:
    actor, portal = visit({"/": f"<p><span id=s>{text}</span></p><div>Codes:<p>ABCD-EFGH-1234</p></div>"}, **NOWHERE)
    actor.portal.go(portal.url)
    assert colours(actor, "#s", pictures.whole(actor.portal)) != {COLOUR}


def test_the_name_of_the_account_is_left_in_sight_even_where_it_looks_like_a_code(visit: Visit) -> None:
    actor, portal = visit({"/": "<p><span id=s>examiner17</span></p>"})
    actor.account = actor.account.model_copy(update={"name": "examiner17"})
    actor.portal.go(portal.url)
    assert colours(actor, "#s", pictures.whole(actor.portal)) != {COLOUR}


def test_codes_without_a_digit_are_covered_beside_codes_that_have_one(visit: Visit) -> None:
    codes = "".join(f"<li id={code}>{code}</li>" for code in ("k7zvm2wp", "qq3xmvwp", "kqzvmwpa"))
    actor, portal = visit({"/": f"<ul>{codes}</ul><p id=kept>settings</p>"}, **NOWHERE)
    actor.portal.go(portal.url)
    taken = pictures.whole(actor.portal)
    assert colours(actor, "#kqzvmwpa", taken) == {COLOUR}
    assert colours(actor, "#kept", taken) != {COLOUR}


def test_a_secret_that_the_run_knows_is_covered_however_it_is_written(visit: Visit) -> None:
    actor, portal = visit({"/": "<p id=s><b>tuna</b> <b>fish</b>-<i>pies</i></p><p id=kept>tuna</p>"}, **NOWHERE)
    actor.world.recorder.secret("TUNAFISHPIES")
    actor.portal.go(portal.url)
    taken = pictures.whole(actor.portal)
    assert colours(actor, "#s", taken) == {COLOUR}
    assert colours(actor, "#kept", taken) != {COLOUR}


def test_a_short_code_that_the_run_knows_is_covered_as_a_word_of_its_own(visit: Visit) -> None:
    actor, portal = visit({"/": "<p id=s>Your code: 4815</p><p id=kept>24 November 2026, room A4815</p>"}, **NOWHERE)
    actor.world.recorder.code("4815")
    actor.portal.go(portal.url)
    taken = pictures.whole(actor.portal)
    assert colours(actor, "#s", taken) == {COLOUR}
    assert colours(actor, "#kept", taken) != {COLOUR}


def test_what_the_profile_says_of_backup_codes_is_covered(visit: Visit) -> None:
    said = {"backup_codes": {"pattern": r"\b[a-z]{4}!"}}
    actor, portal = visit({"/": "<p id=s>beef! pork!</p><p id=kept>beef</p>"}, **said, **NOWHERE)
    actor.portal.go(portal.url)
    taken = pictures.whole(actor.portal)
    assert colours(actor, "#s", taken) == {COLOUR}
    assert colours(actor, "#kept", taken) != {COLOUR}


def test_a_pattern_that_only_python_understands_prevents_no_picture(visit: Visit) -> None:
    said = {"backup_codes": {"pattern": r"(?s)\b[a-z]{4}!"}}
    actor, portal = visit({"/": f"<p id=s>{SECRET}</p>"}, **said, **NOWHERE)
    actor.portal.go(portal.url)
    assert colours(actor, "#s", pictures.whole(actor.portal)) == {COLOUR}

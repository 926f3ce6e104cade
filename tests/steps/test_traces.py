"""Nothing secret is in a trace, Playwright's viewer shows it, and pages in it are as they were but for that."""

from __future__ import annotations

import html
import io
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import segno

from fixtures.actor import Actor
from fixtures.browser import Browser
from fixtures.traces.masking import masked_trace
from fixtures.traces.texts import MASK, Texts
from fixtures.traces.tracer import Tracer
from portal2fa.evidence import Recorder
from tests.elsewhere import told_address
from tests.steps.conftest import SECRET, MiniPortal, Visit
from tests.steps.test_pictures import LIKE_SECRETS

PASSWORD = "correct horse battery"
COOKIE = "c00kie-of-the-browser"
TYPED = "typed-by-nobody-else"
GROUPED = " ".join(SECRET[i : i + 4] for i in range(0, len(SECRET), 4))
URI = f"otpauth://totp/Mini:ana@a.example?secret={SECRET}"
EVERYWHERE = f"""
<p>{SECRET}</p> <p>{GROUPED}</p> <p>{"".join(f"<b>{SECRET[i : i + 4]}</b>" for i in range(0, len(SECRET), 4))}</p>
<a href="{html.escape(URI)}">app</a> <a href="/away?token={TYPED}">away</a>
<input value="{SECRET}"> <input type=hidden name=csrf value="{TYPED}"> <textarea>{TYPED}</textarea>
<input type=password name=password> <button onclick="copy('{SECRET}')" data-key={SECRET}>Copy</button>
<iframe srcdoc="&lt;p&gt;{SECRET}&lt;/p&gt;"></iframe>
<div><template shadowrootmode=open><p>{SECRET}</p></template></div>
<style>p::after {{ content: "{SECRET}" }}</style>
<script>
  console.log("the key is {SECRET}", {{key: "{SECRET}"}});
  document.cookie = "id={COOKIE}"; localStorage.key = "{SECRET}";
</script>
"""


def _tracing(actor: Actor) -> Tracer:
    """From now on the person's browsers are traced."""
    tracer = actor.world.tracer = Tracer(actor.world.recorder, wanted=True)
    return tracer


def _contents(trace: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(trace)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def _kept(recorder: Recorder) -> list[bytes]:
    return [(recorder.folder / item.path).read_bytes() for item in recorder.notes.evidence if item.path]


def _raw_and_masked(actor: Actor, tracer: Tracer) -> tuple[bytes, bytes]:
    """What Playwright wrote, and what is kept of it."""
    actor.close()
    [raw] = tracer._made.values()
    tracer.end()
    [kept] = _kept(actor.world.recorder)
    return raw, kept


def _snapshots(trace: bytes) -> list[Any]:
    lines = _contents(trace)["trace.trace"].splitlines()
    events = [json.loads(line) for line in lines]
    return [event["snapshot"]["html"] for event in events if event["type"] == "frame-snapshot"]


def _shape(node: Any) -> Any:
    """A snapshot without what its elements say and show."""
    if isinstance(node, str) or not isinstance(node[0], str):
        return "" if isinstance(node, str) else node
    return [node[0], *map(_shape, node[2:])]


@pytest.fixture
def whole(visit: Visit) -> tuple[bytes, bytes]:
    """A trace of a browser in which secrets come up wherever they may."""
    actor, portal = visit({"/": EVERYWHERE, "/away": "<p>away", "/api": f"<p>{SECRET}"})
    recorder = actor.world.recorder
    for secret in (SECRET, PASSWORD):
        recorder.secret(secret)
    tracer = _tracing(actor)
    tracer.begin_step("Given Ana types")
    actor.portal.go(portal.url)
    page = actor.portal.page
    page.fill("[type=password]", PASSWORD)
    page.type("[type=password]", TYPED)
    page.locator("[type=password]").press("Z")
    page.evaluate("([key]) => [key, document.cookie]", [SECRET])
    page.evaluate(f"fetch('/api?code={TYPED}', {{method: 'POST', body: '{PASSWORD}'}}).then(said => said.text())")
    actor.portal.context.storage_state()
    actor.portal.context.request.post(f"{portal.url}/api?key={SECRET}", form={"password": PASSWORD})
    page.get_by_text("away").click()
    tracer.end_step()
    return _raw_and_masked(actor, tracer)


@pytest.mark.parametrize("secret", [SECRET, GROUPED, PASSWORD, COOKIE, TYPED])
def test_what_is_secret_is_in_no_file_of_the_trace(whole: tuple[bytes, bytes], secret: str) -> None:
    raw, kept = (" ".join(_contents(trace).values()) for trace in whole)
    assert secret in raw, "Playwright wrote it"
    assert secret not in kept
    assert secret.replace(" ", "%20") not in kept
    assert "Given Ana types" in kept


def test_only_what_the_page_looks_like_and_what_was_done_is_kept(whole: tuple[bytes, bytes]) -> None:
    raw, kept = map(_contents, whole)
    assert any(name.startswith("resources/") for name in raw), "bodies of answers"
    assert set(kept) == {"trace.trace", "trace.network"}
    assert str(Path(__file__).parent) not in " ".join(kept.values()), "no paths of this machine"


def test_pages_keep_their_elements_in_number_and_order(whole: tuple[bytes, bytes]) -> None:
    raw, kept = (_snapshots(trace) for trace in whole)
    assert len(raw) > 10
    assert [_shape(page) for page in raw] == [_shape(page) for page in kept]


@pytest.mark.parametrize("text", LIKE_SECRETS)
def test_what_looks_like_a_secret_is_masked_before_it_is_known(visit: Visit, text: str) -> None:
    actor, portal = visit({"/": f"<p>Write it down: <span>{text}</span></p>"})
    tracer = _tracing(actor)
    actor.portal.go(portal.url)
    raw, kept = _raw_and_masked(actor, tracer)
    shown = text.replace("<b>", "").replace("</b>", "").split("-")[0]
    assert shown in json.dumps(_snapshots(raw))
    assert shown not in json.dumps(_snapshots(kept))


def _drawn(secret: str) -> dict[str, str]:
    """A QR code in whatever way a page may draw one."""
    code = segno.make(f"otpauth://totp/Mini:ana?secret={secret}", error="m", micro=False)
    address = code.png_data_uri(scale=4)
    cells = "".join(
        "<tr>" + "".join(f"<td style=background:{'black' if dark else 'white'}>" for dark in row) for row in code.matrix
    )
    lines = "\n".join("".join("█" if dark else " " for dark in row) for row in code.matrix)
    return {
        "image": f"<img src='{address}'>",
        "svg": code.svg_inline(scale=4),
        "background": f"<div style=\"width:280px;height:280px;background:url('{address}')\"></div>",
        "sheet": f"<style>#q {{ background: url({address}) }}</style><div id=q></div>",
        "table": f"<table>{cells}</table>",
        "text": f"<pre>{lines}</pre>",
    }


@pytest.mark.parametrize("kind", [*_drawn(SECRET)])
def test_a_qr_code_leaves_nothing_in_a_trace(visit: Visit, kind: str) -> None:
    """What is kept of the pages with two secrets is the same."""
    ones, others = _drawn(SECRET)[kind], _drawn(SECRET[::-1])[kind]
    actor, portal = visit({"/": ones})
    tracer = _tracing(actor)
    traces = []
    for page in (ones, others):
        portal.pages["/"] = page
        actor.portal.go(portal.url)
        traces.append(_raw_and_masked(actor, tracer))
        tracer = _tracing(actor)
        actor.world.recorder.begin()
    (raw, kept), (other_raw, other_kept) = traces
    assert _snapshots(raw) != _snapshots(other_raw)
    assert _snapshots(kept) == _snapshots(other_kept)


def test_every_browser_of_a_scenario_has_a_trace_also_those_that_were_closed(visit: Visit) -> None:
    actor, portal = visit({"/": "<p>Hello"})
    tracer = _tracing(actor)
    actor.portal.go(portal.url)
    kept = actor.portal
    actor.shut(actor.fresh_browser())
    actor.look_through(kept)
    tracer.end()
    recorder: Recorder = actor.world.recorder
    assert [item.kind for item in recorder.notes.evidence] == ["trace", "trace"]
    assert len({item.path for item in recorder.notes.evidence}) == 2
    actor.fresh_browser()
    tracer.end()
    assert len(recorder.notes.evidence) == 2, "what comes after the scenario is not traced"


def test_a_browser_that_has_ended_leaves_a_word_and_no_error(visit: Visit) -> None:
    actor, portal = visit({"/": "<p>Hello"})
    tracer = _tracing(actor)
    actor.portal.go(portal.url)
    actor.portal.context.close()
    tracer.begin_step("Then it goes on")
    tracer.end_step()
    tracer.end()
    [item] = actor.world.recorder.notes.evidence
    assert (item.kind, item.path) == ("trace", "")
    assert item.text.startswith("no trace could be kept: ")


def test_what_is_no_trace_of_a_known_kind_is_not_kept(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("trace.trace", '{"type": "new-kind", "secret": "s"}\n{"type": "before", "new": "s"}\n')
        archive.writestr("new-file", "s")
    kept = _contents(masked_trace(written.getvalue(), Texts.of(str, (), ())))
    assert kept == {"trace.trace": '{"type": "before", "params": {}}\n'}


def test_playwrights_viewer_shows_the_sentences_and_the_page(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    actor, portal = visit({"/": "<h1>Your account</h1><p id=k>" + SECRET})
    actor.world.recorder.secret(SECRET)
    tracer = _tracing(actor)
    tracer.begin_step("Given Ana looks at her account")
    actor.portal.go(portal.url)
    tracer.end_step()
    _, kept = _raw_and_masked(actor, tracer)
    (tmp_path / "kept.zip").write_bytes(kept)
    command = [sys.executable, "-m", "playwright", "show-trace", "--host", "127.0.0.1", "--port", "0"]
    with told_address([*command, str(tmp_path / "kept.zip")], r"http://\S+", {**os.environ}) as (address, _):
        page = browser._chromium.new_context().new_page()  # the viewer needs what contexts of a run do not let run
        page.goto(address)
        page.get_by_text("Given Ana looks at her account").first.click()
        shown = page.frame_locator("iframe.snapshot-visible")
        shown.get_by_role("heading", name="Your account").wait_for()
        assert shown.locator("#k").inner_text() == MASK
        page.context.close()


def test_a_style_sheet_is_kept_without_pictures_of_its_own(visit: Visit) -> None:
    actor, portal = visit({"/": "<link rel=stylesheet href=/a.css?v=1><p>Hello"})
    assert isinstance(portal, MiniPortal)
    tracer = _tracing(actor)
    actor.portal.context.route(
        "**/a.css*",
        lambda route: route.fulfill(
            content_type="text/css", body="p { color: red; background: url(data:image/png,x) }"
        ),
    )
    actor.portal.go(portal.url)
    _, kept = _raw_and_masked(actor, tracer)
    sheets = {name: text for name, text in _contents(kept).items() if name.endswith(".css")}
    assert [*sheets.values()] == ["p { color: red; background: none }"]

"""What a person does on a portal that leads elsewhere: nothing arrives there, and it is said why nothing came."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Error

from fixtures.browser import Browser, Screen
from fixtures.guard import Guard
from portal2fa.browsers import find_browser
from portal2fa.errors import CannotTell
from portal2fa.origins import authority
from steps.tasks import answering, following, settling, signing_in
from tests.elsewhere import debugged_chromium
from tests.steps.conftest import SOON, MiniPortal, Page, Visit


def guarded_by(guard: Guard, browser: Browser, address: str = "") -> Browser:
    """A browser of its own that obeys `guard`: launched, or the one with its debugging port at `address`."""
    return Browser(find_browser(cdp=address or None), headed=False, guard=guard, beside=browser)


@pytest.fixture
def other() -> Iterator[MiniPortal]:
    """Another server on this machine."""
    server = MiniPortal({"/": "<p>elsewhere</p>"})
    yield server
    server.close()


@pytest.fixture(scope="module")
def debugged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chromium that was started by somebody else."""
    with debugged_chromium(tmp_path_factory.mktemp("user")) as address:
        yield address


@pytest.fixture(params=["launched", "reached"])
def visit_guarded(visit: Visit, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """As `visit`, with a browser that obeys the guard of the portal; launched for it, and reached elsewhere."""
    address = request.getfixturevalue("debugged") if request.param == "reached" else ""
    browsers: list[Browser] = []

    def begin(pages: dict[str, object], **changes: dict[str, object]) -> object:
        actor, portal = visit(pages, **changes)
        actor.world.browser = guarded_by(actor.world.guard, browser, address)
        browsers.append(actor.world.browser)
        return actor, portal

    yield begin  # type: ignore[misc]
    for running in browsers:
        running.close()


def test_a_page_that_leads_elsewhere_names_the_host_and_the_remedy(visit_guarded: Visit, other: MiniPortal) -> None:
    actor, portal = visit_guarded({"/away": (302, f"{other.url}/")})
    for _ in range(2):
        with pytest.raises(CannotTell, match="may not go") as told:
            actor.fresh_browser().go(f"{portal.url}/away")
        assert authority(other.url) in told.value.what
        assert "'origins'" in told.value.hint
    assert other.asked == []
    assert actor.world.recorder.findings.blocked == {authority(other.url)}


def test_a_portal_that_hangs_up_is_not_taken_for_a_page_that_leads_elsewhere(
    visit_guarded: Visit, other: MiniPortal
) -> None:
    def hang_up(_: object) -> str:
        raise ConnectionAbortedError

    actor, portal = visit_guarded({"/page": f"<img src={other.url}>", "/gone": hang_up})
    actor.portal.go(f"{portal.url}/page")
    with pytest.raises(CannotTell, match="did not answer"):
        actor.portal.go(f"{portal.url}/gone")


def test_a_code_that_a_form_would_send_elsewhere_is_not_given_away(visit_guarded: Visit, other: MiniPortal) -> None:
    form = (
        f"<form method=post action={other.url}/><label>Code from the app <input name=code></label>"
        "<button>Confirm</button></form>"
    )
    actor, portal = visit_guarded({"/set-up": form}, timing=SOON)
    actor.portal.go(f"{portal.url}/set-up")
    with pytest.raises(CannotTell, match="neither accepted nor refused"):
        answering.give(actor, "123456")
    assert other.forms == []
    assert actor.world.recorder.notes.blocked == [authority(other.url)], "the runner tells it with the reason"


def test_what_is_asked_for_without_a_page_stays_with_the_portal_too(visit_guarded: Visit, other: MiniPortal) -> None:
    actor, portal = visit_guarded(
        {"/": "<p>front</p>", "/hop": (302, "/away"), "/away": (302, f"{other.url}/"), "/near": (302, "/")},
        places={"front": f"{other.url}/"},
    )
    assert signing_in.fetch(actor, f"{portal.url}/near", follow=True).status == 200
    assert signing_in.fetch(actor, f"{portal.url}/away", follow=False).status == 302
    for address in (f"{portal.url}/hop", f"{other.url}/"):
        with pytest.raises(CannotTell, match="may not go there") as told:
            signing_in.fetch(actor, address, follow=True)
        assert authority(other.url) in told.value.hint
    settling.mails(actor)
    assert other.asked == []


def test_redirects_in_a_circle_come_to_an_end(visit_guarded: Visit) -> None:
    actor, portal = visit_guarded({"/": (302, "/")})
    with pytest.raises(CannotTell, match="did not answer") as told:
        signing_in.fetch(actor, portal.url, follow=True)
    assert "circle" in told.value.cause


def test_a_link_to_another_host_is_looked_at_and_not_followed(visit_guarded: Visit, other: MiniPortal) -> None:
    actor, portal = visit_guarded({"/": f"<a href={other.url}/help>Submit a Support Ticket</a>"})
    actor.portal.go(portal.url)
    with pytest.raises(CannotTell, match="may not go there"):
        following.link_answers(actor, "support_link")
    assert other.asked == []


# --- what the browser is kept from

Guarded = Callable[..., tuple[BrowserContext, MiniPortal, MiniPortal, set[str]]]


@pytest.fixture
def guarded(browser: Browser) -> Iterator[Guarded]:
    """Gives a browser that is guarded for one portal, that portal, another server, and the hosts that were blocked."""
    opened: list[Browser | Guard | MiniPortal] = []

    def begin(pages: Callable[[str], dict[str, Page]], *, known: bool = False) -> tuple[object, ...]:
        other = MiniPortal({"/": "<p>elsewhere</p>", "/pixel.png": "none"})
        portal = MiniPortal(pages(other.url))
        blocked: set[str] = set()
        guard = Guard(portal.url, [other.url] if known else [], blocked.add)
        running = guarded_by(guard, browser)
        opened.extend([running, guard, portal, other])
        return running.context(Screen(), timeout=10), portal, other, blocked

    yield begin  # type: ignore[misc]
    for thing in opened:
        thing.close()


def test_pages_get_nothing_from_another_host_or_port(guarded: Guarded) -> None:
    context, portal, other, blocked = guarded(
        lambda url: {
            "/": f"<img src={url}/pixel.png><script src={url}/x.js></script><link rel=stylesheet href={url}/x.css>"
            f"<iframe src={url}/></iframe><img src=http://nowhere.example/y.png><link rel=preconnect href={url}>"
            f"<script>fetch('{url}/f').catch(() => 0); navigator.sendBeacon('{url}/b');"
            f"try {{ new WebSocket('{url}/w'.replace('http', 'ws')).onerror = () => document.title = 'refused' }}"
            " catch (error) { document.title = error }</script><p>here</p>"
        }
    )
    page = context.new_page()
    page.goto(portal.url)
    page.wait_for_function("document.title === 'refused'")
    assert page.inner_text("p") == "here"
    assert other.asked + list(other.forms) == []
    assert blocked == {authority(other.url), "nowhere.example:80"}


def test_a_redirect_to_another_host_is_not_followed(guarded: Guarded) -> None:
    context, portal, other, blocked = guarded(lambda url: {"/": (302, f"{url}/?token=secret")})
    with pytest.raises(Error, match="ERR_EMPTY_RESPONSE"):
        context.new_page().goto(portal.url)
    assert portal.asked == ["/"]
    assert other.asked == []
    assert blocked == {authority(other.url)}


def test_a_form_is_not_sent_to_another_host(guarded: Guarded) -> None:
    context, portal, other, blocked = guarded(
        lambda url: {"/": f"<form method=post action={url}/><input name=password value=secret><button>Go</button>"}
    )
    page = context.new_page()
    page.goto(portal.url)
    with page.expect_event("requestfailed"):
        page.click("button")
    assert other.forms == []
    assert blocked == {authority(other.url)}


@pytest.mark.parametrize("within", ["globalThis", "document.querySelector('iframe').contentWindow"])
def test_no_datagram_goes_around_the_guard(visit_guarded: Visit, within: str) -> None:
    actor, portal = visit_guarded({"/": "<p>here</p><iframe></iframe>"})
    page = actor.portal.page
    page.goto(portal.url)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        ear.setblocking(False)
        gathered = page.evaluate(
            f"""port => new Promise(done => {{ const Call = {within}.RTCPeerConnection;"""
            """ if (!Call) { done('complete'); return; }
                const call = new Call({iceServers: [{urls: `stun:127.0.0.1:${port}`}]});
                call.onicegatheringstatechange = () => call.iceGatheringState === 'complete' && done('complete');
                call.createDataChannel('x');
                call.createOffer().then(offer => call.setLocalDescription(offer));
            })""",
            ear.getsockname()[1],
        )
        assert gathered == "complete"
        with pytest.raises(BlockingIOError):
            ear.recv(2048)


def test_what_the_profile_names_is_reached(guarded: Guarded) -> None:
    context, portal, other, blocked = guarded(
        lambda url: {"/": f"<iframe src={url}/></iframe>", "/away": (302, url)}, known=True
    )
    page = context.new_page()
    page.goto(portal.url)
    assert page.frame_locator("iframe").locator("p").inner_text() == "elsewhere"
    page.goto(f"{portal.url}/away")
    assert page.inner_text("p") == "elsewhere"
    assert blocked == set()
    assert other.asked == ["/", "/"]


# --- where the machine itself needs a proxy


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """A proxy that the environment names; the first line of each request to it, all of which it answers itself."""
    lines: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                lines.append(connection.recv(65_536))
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 10\r\n\r\n<p>far</p>"
                )

    thread = threading.Thread(target=answer)
    thread.start()
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{listening.getsockname()[1]}")
    monkeypatch.setenv("no_proxy", "")
    yield lines
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


def test_a_target_behind_a_proxy_is_reached_through_it_and_nothing_else_is(
    browser: Browser, proxy: list[bytes]
) -> None:
    blocked: set[str] = set()
    guard = Guard("http://portal.example", [], blocked.add)
    running = guarded_by(guard, browser)
    try:
        page = running.context(Screen(), timeout=10).new_page()
        page.goto("http://portal.example/one")
        assert page.inner_text("p") == "far"
        page.goto("http://portal.example/two")
        with pytest.raises(Error, match="ERR_EMPTY_RESPONSE"):
            page.goto("http://elsewhere.example/")
    finally:
        running.close()
        guard.close()
    asked = [line.partition(b"\r\n")[0] for line in proxy if b"favicon" not in line]
    assert asked == [f"GET http://portal.example/{name} HTTP/1.1".encode() for name in ("one", "two")]
    assert blocked == {"elsewhere.example:80"}

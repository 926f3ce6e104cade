"""Writes down what a run does to a portal, scenario by scenario, for `bench.recorded`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bench.sources import Sources, path_of

Deed = list[Any]
Way = Callable[[], Deed | None]
DROPPED = "dropped"
_JUDGES = frozenset(
    [
        "evaluateExpression",
        "evaluateExpressionHandle",
        "isEnabled",
        "isDisabled",
        "isChecked",
        "isVisible",
        "getAttribute",
        "title",
        "expect",
        "querySelector",
        "querySelectorAll",
        "boundingBox",
        "ariaSnapshot",
        "focus",
        "blur",
        "waitForElementState",
        "waitForFunction",
        "fetchResponseBody",
        "storageState",
        "cookies",
        "clearCookies",
        "grantPermissions",
        "clearPermissions",
        "scrollIntoViewIfNeeded",
        "requests",
        "dispose",
        "updateSubscription",
        "waitForEventInfo",
        "__waitInfo__",
        "bringToFront",
        "elementHandle",
        "frameElement",
        "contentFrame",
        "registerSelectorEngine",
        "setDefaultTimeoutNoReply",
    ]
)
"""What the script does without."""
_NOT_DRIVEN = frozenset({"Root", "LocalUtils", "Tracing", "JsonPipe", "Playwright"})
_ACTS = ("click", "check", "uncheck", "hover")
_READS = {"inputValue": "value", "innerText": "text", "textContent": "text"}


class Scribe:
    """Writes down one scenario after the other."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self.scenarios: list[dict[str, Any]] = []
        self._begun = False

    def begin(self, name: str, mails: Any) -> None:
        """A scenario begins; `mails` gives those of an address."""
        self._deeds: list[Deed] = []
        self._contexts: list[Any] = []
        self._pages: list[Any] = []
        self._unknown = ""
        self._session: int | None = None
        self._looked_at = 0, ""
        self._readings = 0
        self._sources = Sources(mails)
        self._begun = True

    def end(self, name: str, *, passed: bool) -> None:
        """A scenario has ended; only one that passed is worth repeating."""
        deeds = [deed for deed in self._deeds if deed[0] != DROPPED]
        why = self._unknown or ("" if passed else "it did not pass")
        self.scenarios.append({"name": name, "deeds": [] if why else deeds, "left_out": why})
        self._begun = False

    def linked(self, secret: str) -> None:
        """The person's app got a secret."""
        if self._begun:
            self._sources.linked(secret)

    def called(self, path: str, body: dict[str, Any], answer: dict[str, Any]) -> None:
        """The control endpoint was asked for something."""
        if not self._begun:
            return
        if path == "/accounts":
            self._sources.made(answer)
            self._deeds.append(["account", body])
        elif path == "/session":
            self._session = self._sources.number_of(body["username"])
        elif path == "/clock":
            account = self._sources.number_of(body["username"])
            self._sources.held(body["at"])
            self._deeds.append(["clock", account, body["at"]])
        elif path == "/mail":
            self._deeds.append(["mail", self._sources.number_of(body["username"]), body["failing"]])
        else:
            self._unknown = f"the control endpoint's {path}"

    def sent(self, sender: Any, method: str, params: dict[str, Any]) -> tuple[Deed | None, bool]:
        """Something was sent to the driver: its deed, and whether the result is a reading to be kept."""
        kind = sender._type
        if not self._begun or method in _JUDGES or kind in _NOT_DRIVEN:
            reads = self._begun and kind == "ElementHandle" and method == "evaluateExpression"
            return (self._reading("value", *self._looked_at), True) if reads else (None, False)
        if kind == "Frame" and method == "queryCount":
            return ["seen", self._page(sender._page), params["selector"]], False
        if kind == "Frame" and method in _READS:
            typed = method == "inputValue" and self._has_just_filled(params["selector"])
            return (
                (None, False)
                if typed
                else (self._reading(_READS[method], self._page(sender._page), params["selector"]), True)
            )
        return self._did(kind, sender, method, params), False

    def _reading(self, how: str, page: int, selector: str) -> Deed:
        deed = self._add("read", page, how, selector)
        deed.append(self._readings)
        self._readings += 1
        return deed

    def seen(self, page: int, selector: str) -> None:
        """Something is in sight: of several answers that were waited for, a script knows which one will come."""
        last = self._deeds[-1] if self._begun and self._deeds else [DROPPED]
        if last[:2] == ["wait", page] and " >> internal:or=" in last[2]:
            last[2] = f"{selector} >> nth=0"

    def read(self, deed: Deed, text: str) -> None:
        """What the page answered to a reading."""
        if deed[0] != DROPPED:
            self._sources.read(deed[-1], text)

    def _did(self, kind: str, sender: Any, method: str, params: dict[str, Any]) -> Deed | None:
        if kind in ("Frame", "Page"):
            page = self._page(sender._page if kind == "Frame" else sender)
            ways = self._frame_ways(page, params) if kind == "Frame" else self._page_ways(page, params)
        else:
            ways = self._other_ways(sender, params)
        if method not in ways:
            self._unknown = f"{kind}.{method}"
            return None
        return ways[method]()

    def _other_ways(self, sender: Any, params: dict[str, Any]) -> Mapping[str, Way]:
        return {
            "newContext": lambda: self._add("context", params.get("viewport")),
            "newPage": lambda: self._add("page", self._context(sender)),
            "close": lambda: self._add("close", self._context(sender)),
            "addCookies": lambda: None,  # of a session that was handed out: the script signs in instead
            "fetch": lambda: self._add("fetch", self._asking(sender), path_of(params["url"])),
            "setExtraHTTPHeaders": lambda: self._add("headers", self._context(sender), params["headers"]),
            "screenshot": lambda: self._picture(*self._looked_at),
        }

    def _frame_ways(self, page: int, params: dict[str, Any]) -> Mapping[str, Way]:
        selector = str(params.get("selector", ""))
        return {
            "goto": lambda: self._went(page, path_of(params["url"])),
            "waitForSelector": lambda: self._waited(page, selector, str(params.get("state", "visible"))),
            "content": lambda: self._add("content", page),
            "fill": lambda: self._used("fill", page, selector, self._sources.of(params["value"])),
            "press": lambda: self._used("press", page, selector, params["key"]),
            **{act: lambda act=act: self._used("act", page, selector, act) for act in _ACTS},  # type: ignore[misc]
        }

    def _page_ways(self, page: int, params: dict[str, Any]) -> Mapping[str, Way]:
        return {
            # a part of the window is looked at by a judge only: whether something shows that it has the focus
            "screenshot": lambda: None if params.get("clip") else self._add("picture", page, ""),
            "reload": lambda: self._add("reload", page),
            "goBack": lambda: self._add("back", page),
            "setViewportSize": lambda: self._add("size", page, params["viewportSize"]),
            "keyboardPress": lambda: self._add("press", page, "", params["key"]),
            "keyboardType": lambda: self._add("type", page, self._sources.of(params["text"])),
            "close": lambda: self._add("leave", page),
        }

    def _went(self, page: int, path: str) -> Deed:
        session, self._session = self._session, None
        if mailed := self._sources.link(path):
            return self._add("follow", page, *mailed)
        return self._add("goto", page, path) if session is None else self._add("sign in", page, session, path)

    def _waited(self, page: int, selector: str, state: str) -> Deed | None:
        self._looked_at = page, selector
        return None if state == "attached" else self._add("wait", page, selector, state)

    def _used(self, what: str, page: int, selector: str, how: Any) -> Deed:
        self._drop_needless_wait(page, selector.partition(" >> freed=")[0])
        return self._add(what, page, selector, how)

    def _picture(self, page: int, selector: str) -> Deed:
        self._drop_needless_wait(page, selector)
        return self._add("picture", page, selector)

    def _asking(self, requests: Any) -> int:
        return next((number for number, one in enumerate(self._contexts) if one.request is requests), 0)

    def _drop_needless_wait(self, page: int, selector: str) -> None:
        """A script does not wait for what it is about to use: its action does that."""
        last = self._deeds[-1] if self._deeds else [DROPPED]
        if last[:2] == ["wait", page] and str(last[2]).startswith(selector):
            self._deeds.pop()

    def _has_just_filled(self, selector: str) -> bool:
        """Whether the run only looks at what it has typed."""
        last = self._deeds[-1] if self._deeds else [DROPPED]
        return last[0] == "fill" and str(last[2]).startswith(selector)

    def _add(self, *words: Any) -> Deed:
        self._deeds.append(list(words))
        return self._deeds[-1]

    def _context(self, context: Any) -> int:
        if context not in self._contexts:
            self._contexts.append(context)
        return self._contexts.index(context)

    def _page(self, page: Any) -> int:
        if page not in self._pages:
            opened = sum(deed[0] in ("page", "window") for deed in self._deeds)
            if opened == len(self._pages):  # not by the run: the page opened it, or another one of the same browser
                self._add("window", self._context(page._browser_context))
            self._pages.append(page)
        return self._pages.index(page)

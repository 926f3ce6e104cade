"""Capabilities that a profile declares absent, looked for by the words that portals have for them in nine languages.

What the words say for certain is told apart from what they may mean: a link "Back" in a set-up may leave it, a link
"Cancel" does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from portal2fa.clauses import Label
from portal2fa.doctor_edits import Seen
from portal2fa.drafting.vocabulary import Fit, Vocabulary, load, plain

ANYWHERE, FRONT, CHOICE, SET_UP, OFF, ON = "anywhere", "front", "choice", "set_up", "off", "on"
"""The pages that are kept: all, and those on which words mean something that they do not mean elsewhere."""
PAGES = {
    ANYWHERE: "any page",
    FRONT: "a front page",
    CHOICE: "the choice of methods",
    SET_UP: "a set-up",
    OFF: "the two-factor settings of an account that has none on",
    ON: "the two-factor settings of an account that has one on",
}
"""The same in words."""
Pages = Mapping[str, Collection[Seen]]
"""What stood on them; a page that nobody came to is not there."""

_MARKED = ("radio", "checkbox", "option", "switch")
_PRESSED = ("link", "button", "menuitem", "tab")
USED = (*_PRESSED, *_MARKED, "textbox")
"""Roles of what people use; a heading or a text offers nothing."""
_SAYS_ALL = 0.9
"""The likeness of a text that says all that an entry is about."""
_MOST_OF_IT = 0.6
"""From this share of a text on, a wording is what the text is about."""


@dataclass(frozen=True, slots=True)
class Sign:
    """By what a capability shows: words of all the `topics` of the vocabulary, or one of the `names`."""

    topics: tuple[str, ...] = ()
    page: str = ANYWHERE
    roles: tuple[str, ...] = USED
    names: tuple[str, ...] = ()
    """Names of products, the same in every language."""
    control: str = ""
    """The control that has a documented wording, which counts on every page."""
    about: str = ""
    """The topic that a longer wording names as well: "Disable" may be anything's, "Disable two-factor" is not."""


SIGNS: Mapping[str, Sign] = {
    "front_page": Sign(("client_area",), FRONT, ("link",)),
    "time_based_tokens": Sign(("app_method",), CHOICE, (*_MARKED, *_PRESSED), control="time_based"),
    "email_codes": Sign(("email_method",), CHOICE, (*_MARKED, *_PRESSED), control="email"),
    "backup_code": Sign(("backup_code",), control="backup_code"),
    "manual_key": Sign(("show_manual_key",), SET_UP),
    "cancel": Sign(("cancel",), SET_UP, _PRESSED),
    "resend": Sign(("resend",), roles=_PRESSED),
    "turn_off": Sign(("disable",), ON, (*_PRESSED, "switch", "checkbox"), about="two_factor"),
    "store_links": Sign(roles=("link", "button"), names=("google play", "app store")),
    "help_link": Sign(("what_is_it", "two_factor"), roles=("link", "button")),
    "turn_off_help_link": Sign(("how_to_turn_off", "two_factor"), roles=("link",)),
    "support_link": Sign(("support",), roles=_PRESSED),
    "live_chat": Sign(("live_chat",), roles=_PRESSED),
}
"""The capabilities that show by a wording."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something in sight that may be what a profile declares absent; `sure` where its words leave no doubt."""

    seen: Seen
    sure: bool


def sighted(sign: Sign, pages: Pages, labels: Mapping[str, Label]) -> Sighting | None:
    """What gives a capability away on the pages that were come to, first what does so for certain; None for nothing."""
    found = [*_documented(sign, pages, labels), *_worded(sign, pages.get(sign.page, ()))]
    return next((sighting for sighting in found if sighting.sure), next(iter(found), None))


def _documented(sign: Sign, pages: Pages, labels: Mapping[str, Label]) -> Iterator[Sighting]:
    if label := labels.get(sign.control):
        for seen in pages.get(ANYWHERE, ()):
            if seen.role in USED and not label.differs_from(seen.name):
                yield Sighting(seen, sure=True)


def _worded(sign: Sign, page: Collection[Seen]) -> Iterator[Sighting]:
    words = load()
    for seen in page:
        if seen.role not in sign.roles:
            continue
        if _is_named(sign, seen) or (len(sign.topics) > 1 and all(words.says(each, seen.name) for each in sign.topics)):
            yield Sighting(seen, sure=True)
        elif len(sign.topics) == 1 and (fit := words.fit(sign.topics[0], seen.name)).share >= _MOST_OF_IT:
            yield Sighting(seen, sure=_is_sure(words, sign.topics[0], fit, seen))
        elif sign.about and all(words.says(each, seen.name) for each in (sign.topics[0], sign.about)):
            yield Sighting(seen, sure=not words.says("how_to_turn_off", seen.name))  # a link to advice is no way off


def _is_named(sign: Sign, seen: Seen) -> bool:
    return any(f" {name} " in f" {plain(seen.name)} " for name in sign.names)


def _is_sure(words: Vocabulary, topic: str, fit: Fit, seen: Seen) -> bool:
    """Whether a wording means nothing else.

    That is one of several words, the usual one of its language when it stands alone, or the label of one of several
    methods; but none that is a code's as well.
    """
    if topic != "code" and words.fit("code", seen.name).share >= fit.share:
        return False
    several = sum(len(word) > 1 for word in fit.phrase.split()) > 1
    usual = fit.share == 1.0 and words.topics[topic][fit.language][0] == fit.phrase
    return several or usual or seen.role in ("radio", "option")


def states(pages: Pages) -> tuple[Seen, Seen] | None:
    """What says that the factor is off where it is off, and on where it is on; None where either page says nothing.

    A text that stands on both pages says nothing, whatever its words.
    """
    off, on = pages.get(OFF, ()), pages.get(ON, ())
    said = (_said("off", off, on), _said("on", on, off))
    return (said[0], said[1]) if said[0] and said[1] else None


def _said(topic: str, page: Collection[Seen], other: Collection[Seen]) -> Seen | None:
    words = load()
    return next(
        (
            seen
            for seen in page
            if seen not in other
            and seen.role not in USED
            and words.says(topic, seen.name)
            and words.says("two_factor", seen.name)
        ),
        None,
    )


def methods(page: Collection[Seen]) -> tuple[Seen, Seen] | None:
    """The radio buttons of both methods on the page where one is chosen; None where there are not both."""
    words = load()
    app, mail = (
        next((seen for seen in page if seen.role in _MARKED and words.says(topic, seen.name)), None)
        for topic in ("app_method", "email_method")
    )
    return (app, mail) if app and mail and app != mail else None


_TOPICS: Mapping[str, tuple[str, ...]] = {
    "controls.client_area": ("client_area",),
    "controls.username": ("username",),
    "controls.password": ("password",),
    "controls.sign_in": ("sign_in",),
    "controls.security_settings": ("security_settings",),
    "controls.two_factor": ("two_factor",),
    "controls.enable": ("enable",),
    "controls.time_based": ("app_method",),
    "controls.email": ("email_method",),
    "controls.get_started": ("continue",),
    "controls.manual_key": ("manual_key",),
    "controls.app_code": ("code",),
    "controls.authorization_code": ("code",),
    "controls.confirm": ("confirm",),
    "controls.activate": ("confirm",),
    "controls.verify": ("confirm",),
    "controls.send_again": ("resend",),
    "controls.cancel": ("cancel",),
    "controls.backup_code": ("backup_code",),
    "controls.use_backup_code": ("backup_code",),
    "controls.backup_code_field": ("backup_code",),
    "controls.done": ("done",),
    "controls.disable": ("disable",),
    "controls.confirm_password": ("password",),
    "controls.help_link": ("what_is_it", "two_factor"),
    "controls.turn_off_help_link": ("how_to_turn_off", "two_factor"),
    "controls.support_link": ("support",),
    "controls.live_chat": ("live_chat",),
    "controls.log_out": ("sign_out",),
    "notices.sign_in_form": ("sign_in",),
    "notices.security_settings": ("security_settings",),
    "notices.off": ("off", "two_factor"),
    "notices.on": ("on", "two_factor"),
    "notices.announced_on": ("on", "two_factor"),
    "notices.turned_off": ("off", "two_factor"),
    "notices.safe_advice": ("safe", "backup_code"),
}
"""What the entries are about that the documented portal has."""


def about(key: str, seen: Seen) -> float:
    """How far the words of something in sight are those that portals have for an entry, 0 to 1."""
    words, topics = load(), _TOPICS.get(key, ())
    if len(topics) > 1:
        return _SAYS_ALL if all(words.says(topic, seen.name) for topic in topics) else 0.0
    return max((words.fit(topic, seen.name).share for topic in topics), default=0.0)

"""A target as data: where a portal keeps what the specification talks about.

A profile says *where to look*, never what the verdict is.  It knows four kinds of entries:

* a **control** is something a person uses: a role and a name, a label, a text, and only as a last resort CSS;
* a **notice** is something the portal says or shows; a list means "any of these";
* a **path** is what a person does between two documented places: each item presses a control, or is a small
  table that fills, chooses, opens or waits, possibly optional;
* **capabilities** are what the portal offers, **means** (mailbox, clock, accounts) what the tester has.

The values `{name}`, `{username}`, `{email}` and `{password}` may stand in locators; in what a path fills in, chooses or
opens also `{code}`, `{backup_code}`, `{new_password}` and `{new_email}`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints, field_validator

from portal2fa.origins import authorities
from portal2fa.profile_accounts import Accounts
from portal2fa.profile_clock import Clock
from portal2fa.profile_entry import Entry, expression, place, web_address, without_user, wrong
from portal2fa.profile_locator import Action, Locator
from portal2fa.profile_mailbox import Mailbox
from portal2fa.profile_wrong_code import WrongCode

METHODS = ("time_based", "email")
CAPABILITY_OF = {"time_based": "time_based_tokens", "email": "email_codes"}
"""The capability that declares each method."""

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Control = Annotated[tuple[Locator, ...], Field(min_length=1)]
Path = tuple[Action, ...]


class Start(Entry):
    """A portal that the run starts itself: a command that prints one JSON line with `url` when it is ready.

    `{python}`, `{smtp}` (host:port of the run's mail sink), `{root}` and `{here}` (the profile's folder) may
    stand in the command.  The portal has to end when its standard input is closed.
    """

    command: tuple[str, ...] = Field(min_length=1)
    """Program and arguments; `{python}` is the running Python, `{smtp}` the mail sink as host:port, `{root}` the
    suite, `{here}` the profile's folder.
    """
    seconds: int = Field(default=30, ge=1, le=1800)
    """How long the line may take, 1 to 1800."""


class Capabilities(Entry):
    """What the portal offers.  What is declared absent makes scenarios inapplicable, and the report says so."""

    front_page: StrictBool
    """Has a front page from which the client area is offered."""
    time_based_tokens: StrictBool
    """Offers time-based tokens."""
    email_codes: StrictBool
    """Offers codes by mail."""
    backup_code: StrictBool
    """Hands over a backup code."""
    backup_replacement: StrictBool
    """Replaces a used backup code at once."""
    known_status: StrictBool
    """Says whether two-factor sign-in is on."""
    method_selection: StrictBool
    """Lets a method be chosen before its set-up starts."""
    manual_key: StrictBool
    """Shows the secret for typing as well."""
    cancel: StrictBool
    """Lets a set-up be cancelled."""
    resend: StrictBool
    """Sends a new code on request."""
    turn_off: StrictBool
    """Lets two-factor sign-in be turned off."""
    turn_off_password: StrictBool
    """Asks for the password when it is turned off."""
    store_links: StrictBool
    """Leads to the authenticator app in the stores."""
    help_link: StrictBool
    """Leads to an explanation of two-factor sign-in."""
    turn_off_help_link: StrictBool
    """Leads to an explanation of how to turn it off."""
    support_link: StrictBool
    """Leads to a way to open a support ticket."""
    live_chat: StrictBool
    """Announces a live chat."""

    def offers(self, tag: str) -> bool:
        """Whether the capability of a `@requires.…` tag (with dashes) is declared present."""
        return bool(getattr(self, tag.replace("-", "_")))


def matches_something(value: str) -> str:
    """A regular expression that never matches the empty text; raises `ValueError` for others."""
    if expression(value).match(""):
        raise wrong("the expression also matches nothing at all", "let it ask for at least one character")
    return value


class BackupCodes(Entry):
    """What a backup code looks like: `pattern` matches one code in the text or value of the control."""

    pattern: str = r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}"
    """Regular expression for one whole code; it may not match nothing."""

    any_case: StrictBool = False
    """Whether the portal takes a backup code in small letters and without dashes for the same."""

    _finds_something = field_validator("pattern")(matches_something)


class Codes(Entry):
    """What codes of the app may be written like where they are given."""

    spaces: StrictBool = False
    """Whether the portal takes a code with the space in which apps show it for the same."""


class ManualKey(Entry):
    """What the secret for typing looks like: `pattern` matches it in the text or value of the control."""

    pattern: str = r"(?s).+"
    """Regular expression for the whole secret, with the spaces in it; it may not match nothing."""

    _finds_something = field_validator("pattern")(matches_something)


class Methods(Entry):
    """How the portal's methods go together: `together` both at once, `forced` that none at all is not possible."""

    together: StrictBool = False
    """Whether an account can have both methods on at once; each is turned off by itself then, and another one may be
    offered while the first is on.
    """
    forced: StrictBool = False
    """Whether every account has to have one, so that a first sign-in leads to the set-up of one and none is ever turned
    off.
    """


class Timing(Entry):
    """How long things may take, in seconds: `answer` for the portal's reply to an action."""

    answer: float = Field(default=10.0, gt=0, le=120)
    """How long a page, a control or a notice may take to come, 1 to 120."""
    period: int = Field(default=30, ge=15, le=120)
    """Time step of the portal's time-based codes, RFC 6238 section 4.1."""


def short_path(value: object) -> object:
    """A bare string in a path presses the control of that name."""
    if not isinstance(value, dict):
        return value
    return {
        key: [{"press": item} if isinstance(item, str) else item for item in items]
        if isinstance(items, list)
        else items
        for key, items in value.items()
    }


def one_or_many(value: object) -> object:
    """A single locator is written without a list, and read as a list of one."""
    if not isinstance(value, dict):
        return value
    return {key: item if isinstance(item, list) else [item] for key, item in value.items()}


class Narrow(Entry):
    """What is different in windows narrower than `below` CSS pixels: other controls, other ways."""

    below: int = Field(ge=200, le=4000)
    """The width in CSS pixels, 200 to 4000, under which this holds."""
    controls: dict[_Name, Control] = Field(default_factory=dict)
    """Controls that are others there."""
    paths: dict[_Name, Path] = Field(default_factory=dict)
    """Paths that are others there."""

    _short = field_validator("paths", mode="before")(short_path)
    _many = field_validator("controls", mode="before")(one_or_many)


class Profile(Entry):
    """One target; `fixtures/profiles/` has complete examples."""

    profile_version: Literal[1]
    """The version of this language: 1."""
    name: _Slug
    """Short name for the command line: small letters, digits, dashes."""
    title: str
    """How reports call the portal."""
    url: str = ""
    """Its address; exactly one of `url` and `[start]` has to be there."""
    origins: tuple[str, ...] = ()
    """Other hosts that the portal's pages need, such as `cdn.example`, `cdn.example:8443` or `https://cdn.example`;
    requests to any that is not named are blocked, and reported unless the browser is on another machine.
    """
    certificate: Literal["checked", "unchecked"] = "checked"
    """`unchecked` if the certificate of an https address is taken as it comes: for staging systems, and reported."""
    language: str = Field(default="en-GB", pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$")
    """The language that the browser asks for."""
    start: Start | None = None
    """How the run starts the portal itself, see `[start]`."""
    accounts: Accounts
    """Whose accounts are used, see `[accounts]`."""
    mailbox: Mailbox = Mailbox()
    """Where mails arrive, see `[mailbox]`."""
    clock: Clock = Clock()
    """How the portal's time is moved, see `[clock]`."""
    timing: Timing = Timing()
    """How long things may take, see `[timing]`."""
    wrong_code: WrongCode = WrongCode()
    """What a wrong code does, see `[wrong_code]`."""
    methods: Methods = Methods()
    """How the methods go together, see `[methods]`."""
    codes: Codes = Codes()
    """What codes of the app may be written like, see `[codes]`."""
    backup_codes: BackupCodes = BackupCodes()
    """What a backup code looks like, see `[backup_codes]`."""
    manual_key: ManualKey = ManualKey()
    """What the secret for typing looks like, see `[manual_key]`."""
    capabilities: Capabilities
    """What the portal offers, see `[capabilities]`."""
    places: dict[_Name, str | tuple[str, ...]]
    """Addresses, see `[places]`."""
    controls: dict[_Name, Control]
    """What a person uses, see `[controls]`."""
    notices: dict[_Name, Control]
    """What the portal says or shows, see `[notices]`."""
    paths: dict[_Name, Path]
    """What a person does between two places, see `[paths]`."""
    screens: dict[_Name, Narrow] = Field(default_factory=dict)
    """What is different in narrow windows, see `[screens]`."""

    _short = field_validator("paths", mode="before")(short_path)
    _many = field_validator("controls", "notices", mode="before")(one_or_many)

    _is_url = field_validator("url")(web_address)

    @field_validator("places")
    @classmethod
    def _are_places(cls, value: dict[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
        for said in value.values():
            for one in (said,) if isinstance(said, str) else said:
                place(one)
        return value

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not authorities(without_user(origin)):
                raise wrong(f"'{origin}' is no host", "write cdn.example, cdn.example:8443 or https://cdn.example")
        return value

    @property
    def means(self) -> dict[str, bool]:
        """What the tester has, by the names of the `@needs.…` tags."""
        return {
            "mailbox": self.mailbox.kind != "none",
            "clock": self.clock.kind != "none",
            "movable-clock": self.clock.kind not in ("none", "wait"),
            "two-accounts": self.accounts.at_least_two,
            "throwaway-accounts": not self.accounts.outlive_the_run(started=self.start is not None),
            "any-name": self.accounts.kind == "control",
            "failing-mail": self.accounts.kind == "control",
        }

    def described(self, control: str) -> str:
        """A control in words."""
        return " or ".join(locator.describe() for locator in self.controls[control])

    def entry(self, table: str, name: str, width: int) -> str:
        """The key path by which a window `width` CSS pixels wide finds `name`: `screens.phone.paths.enable`."""
        fitting = [(key, screen) for key, screen in reversed(self.screens.items()) if width < screen.below]
        for key, screen in sorted(fitting, key=lambda item: item[1].below):
            if name in getattr(screen, table, {}):
                return f"screens.{key}.{table}.{name}"
        return f"{table}.{name}"

    def at_width(self, width: int) -> Profile:
        """The profile as it holds in a window of `width` CSS pixels: the narrowest overlay that fits comes last."""
        fitting = sorted((s for s in self.screens.values() if width < s.below), key=lambda s: -s.below)
        if not fitting:
            return self
        controls, paths = dict(self.controls), dict(self.paths)
        for screen in fitting:
            controls.update(screen.controls)
            paths.update(screen.paths)
        return self.model_copy(update={"controls": controls, "paths": paths})

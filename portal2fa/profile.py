"""A target as data: where a portal keeps what the specification talks about.

A profile says *where to look*, never what the verdict is.  It knows four kinds of entries:

* a **control** is something a person uses: a role and a name, a label, a text, and only as a last resort CSS;
* a **notice** is something the portal says or shows; a list means "any of these";
* a **path** is what a person does between two documented places: each item presses a control, or is a small
  table that fills, chooses, opens or waits, possibly optional;
* **capabilities** are what the portal offers, **means** (mailbox, clock, accounts) what the tester has.

The values `{name}`, `{username}`, `{email}`, `{password}`, `{code}` and `{backup_code}` may stand in locators and
in what a path fills in.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

VALUES = ("name", "username", "email", "password", "code", "backup_code")
METHODS = ("time_based", "email")

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class _Entry(BaseModel):
    """A table of a profile: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _expression(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error


class Locator(_Entry):
    """How a person would point at one thing on a page; exactly one of role, label, text, test_id or css."""

    role: str = ""
    name: str = ""
    label: str = ""
    text: str = ""
    test_id: str = ""
    css: str = ""
    exact: bool = True
    within: Locator | None = None
    frame: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Locator:
        ways = [way for way in ("role", "label", "text", "test_id", "css") if getattr(self, way)]
        if len(ways) != 1:
            raise ValueError(f"say exactly one of role, label, text, test_id, css (found: {', '.join(ways) or 'none'})")
        if self.name and not self.role:
            raise ValueError("'name' goes with 'role'")
        return self

    def describe(self) -> str:
        """The control in words: `the button "Get Started"`."""
        if self.role:
            return f'the {self.role} "{self.name}"' if self.name else f"the {self.role}"
        for way, words in (
            ("label", "the field labelled"),
            ("text", "the text"),
            ("test_id", "test id"),
            ("css", "CSS"),
        ):
            if value := getattr(self, way):
                return f'{words} "{value}"'
        return "nothing"


class Action(_Entry):
    """One thing a person does on the way; exactly one of press, fill, choose, open or see."""

    press: str = ""
    fill: str = ""
    choose: str = ""
    see: str = ""
    open: str = ""
    value: str = Field(default="", alias="with")
    optional: bool = False

    @model_validator(mode="after")
    def _one_deed(self) -> Action:
        deeds = [deed for deed in ("press", "fill", "choose", "see", "open") if getattr(self, deed)]
        if len(deeds) != 1:
            raise ValueError(f"say exactly one of press, fill, choose, see, open (found: {', '.join(deeds) or 'none'})")
        if bool(self.fill) != bool(self.value):
            raise ValueError("'fill' and 'with' go together")
        unknown = set(re.findall(r"\{(\w*)\}", self.value)) - set(VALUES)
        if unknown:
            raise ValueError(f"unknown value {{{unknown.pop()}}}; known: {', '.join(VALUES)}")
        return self

    @property
    def control(self) -> str:
        """The control that the action is about, or the empty string for `open`."""
        return self.press or self.fill or self.choose or self.see


class Start(_Entry):
    """A portal that the run starts itself: a command that prints one JSON line with `url` when it is ready.

    `{python}`, `{smtp}` (host:port of the run's mail sink), `{root}` and `{here}` (the profile's folder) may
    stand in the command.  The portal has to end when its standard input is closed.
    """

    command: tuple[str, ...] = Field(min_length=1)
    seconds: int = Field(default=30, ge=1, le=1800)


class Account(_Entry):
    """An account that the tester owns; `$NAME` reads a value from the environment."""

    username: str
    password: str
    email: str = ""
    name: str = ""


class Accounts(_Entry):
    """Where accounts come from: the portal's control endpoint, its start line, or a pool."""

    kind: Literal["control", "started", "pool"]
    pool: tuple[Account, ...] = ()

    @model_validator(mode="after")
    def _pool_where_needed(self) -> Accounts:
        if (self.kind == "pool") != bool(self.pool):
            raise ValueError("'pool' lists at least one account, and goes with kind = \"pool\"")
        return self


class Mailbox(_Entry):
    """Where mails arrive: the run's own SMTP sink, a Maildir of the tester's, or nowhere."""

    kind: Literal["sink", "maildir", "none"] = "none"
    path: str = ""
    seconds: int = Field(default=60, ge=1, le=900)
    code_pattern: str = r"(?<![\w.@-])(\d{6})(?![\w@-]|\.\w)"
    """Regular expression with one group; every match in a part counts as a candidate."""

    @field_validator("code_pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        if _expression(value).groups != 1:
            raise ValueError("the expression needs exactly one group: the code itself")
        return value

    @model_validator(mode="after")
    def _path_where_needed(self) -> Mailbox:
        if (self.kind == "maildir") != bool(self.path):
            raise ValueError("'path' goes with kind = \"maildir\"")
        return self


class Clock(_Entry):
    """How the portal's time is moved: over the control endpoint, or not at all."""

    kind: Literal["control", "none"] = "none"


class Capabilities(_Entry):
    """What the portal offers.  What is declared absent makes scenarios inapplicable, and the report says so."""

    front_page: bool
    time_based_tokens: bool
    email_codes: bool
    backup_code: bool
    backup_replacement: bool
    known_status: bool
    method_selection: bool
    manual_key: bool
    cancel: bool
    resend: bool
    turn_off: bool
    turn_off_password: bool
    store_links: bool
    help_link: bool
    turn_off_help_link: bool
    support_link: bool
    live_chat: bool

    def offers(self, tag: str) -> bool:
        """Whether the capability of a `@requires.…` tag (with dashes) is declared present."""
        return bool(getattr(self, tag.replace("-", "_")))


class BackupCodes(_Entry):
    """What a backup code looks like: `pattern` matches one code in the text or value of the control."""

    pattern: str = r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}"

    @field_validator("pattern")
    @classmethod
    def _finds_something(cls, value: str) -> str:
        if _expression(value).match(""):
            raise ValueError("the expression also matches nothing at all")
        return value


class Timing(_Entry):
    """How long things may take, in seconds: `answer` for the portal's reply to an action."""

    answer: float = Field(default=10.0, gt=0, le=120)
    after_wrong_code: float = Field(default=0.0, ge=0, le=60)
    """Seconds for which the portal refuses even a right code after a wrong one; really waited out."""
    period: int = Field(default=30, ge=15, le=120)
    """Time step of the portal's time-based codes, RFC 6238 section 4.1."""


class Profile(_Entry):
    """One target; `fixtures/profiles/` has complete examples."""

    profile_version: Literal[1]
    name: _Slug
    title: str
    url: str = ""
    start: Start | None = None
    accounts: Accounts
    mailbox: Mailbox = Mailbox()
    clock: Clock = Clock()
    timing: Timing = Timing()
    backup_codes: BackupCodes = BackupCodes()
    capabilities: Capabilities
    places: dict[_Name, str | tuple[str, ...]]
    controls: dict[_Name, Locator]
    notices: dict[_Name, Annotated[tuple[Locator, ...], Field(min_length=1)]]
    paths: dict[_Name, tuple[Action, ...]]

    @field_validator("url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and not re.match(r"^https?://[^/\s]+", value):
            raise ValueError("the address has to begin with https:// or http:// and name a host")
        return value.rstrip("/")

    @field_validator("paths", mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        """A bare string in a path presses the control of that name."""
        if not isinstance(value, dict):
            return value
        return {
            key: [{"press": item} if isinstance(item, str) else item for item in items]
            if isinstance(items, list)
            else items
            for key, items in value.items()
        }

    @field_validator("notices", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        """A single notice is written without a list, and read as a list of one."""
        if not isinstance(value, dict):
            return value
        return {key: item if isinstance(item, list) else [item] for key, item in value.items()}

    @property
    def means(self) -> dict[str, bool]:
        """What the tester has, by the names of the `@needs.…` tags."""
        many = self.accounts.kind != "pool" or len(self.accounts.pool) > 1
        return {"mailbox": self.mailbox.kind != "none", "clock": self.clock.kind != "none", "two-accounts": many}

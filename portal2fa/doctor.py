"""What the doctor finds of a profile and its means: checks in plain words, the outlook, and the exit code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from portal2fa.outcomes import ExitCode, Verdict


class Word(StrEnum):
    """What a check came to."""

    OK = "ok"
    PROBLEM = "problem"
    NOT_CHECKED = "not checked"


class About(StrEnum):
    """Who can mend a problem: whoever writes the profile, or whoever looks after the portal and the means."""

    PROFILE = "profile"
    SURROUNDINGS = "portal or means"


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines of TOML to put instead: the table, the line of the entry in it, and what it rests on."""

    table: str
    """The table with its dots, `controls` or `accounts`; empty for the top of the file."""
    line: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: an entry of the profile by its key path, or a means."""

    part: str
    """The part of the examination, as a heading."""
    key: str
    """`controls.enable`; the key path that most likely is wrong, where it is a problem."""
    word: Word
    said: str
    """What was seen, or what went wrong, or why it was not looked at; one sentence."""
    cause: str = ""
    hint: str = ""
    about: About = About.PROFILE
    suspects: tuple[str, ...] = ()
    """Further key paths that may be wrong instead."""
    edits: tuple[Edit, ...] = ()
    """Proposals for `key`, the likeliest first."""
    file: str = ""
    """The file that says `key`; empty where none does."""
    line: int = 0
    """The line in that file, from 1; 0 where no file says it."""
    picture: str = ""
    """A picture, relative to the folder of the page."""


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Why a run cannot come to a yes: the outcome and the reason of what is left out, and binding clauses it opens."""

    word: str
    reason: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a full run will take: an estimate, and what it was derived from; and what it says at best."""

    scenarios: int = 0
    """How many scenarios will run."""
    mails: int = 0
    seconds: float = 0.0
    rests_on: tuple[str, ...] = ()
    """What the estimate is made of, a sentence each."""
    left_out: tuple[tuple[str, str, int], ...] = ()
    """Outcome, reason and number of the scenarios that will not run."""
    best: Verdict | None = None
    """The verdict where everything passes that will run; None where the portal was not reached."""
    in_the_way: tuple[InTheWay, ...] = ()
    """What keeps it from being conformant."""


@dataclass(frozen=True, slots=True)
class Examination:
    """All that the doctor found of one target."""

    name: str
    title: str
    url: str
    profile: str
    tool_version: str
    browser: str
    started: str
    finished: str
    command: str
    checks: tuple[Check, ...]
    outlook: Outlook = Outlook()
    not_restored: tuple[str, ...] = ()
    interrupted: bool = False

    def of(self, word: Word) -> tuple[Check, ...]:
        """The checks that came to `word`, in order."""
        return tuple(check for check in self.checks if check.word is word)

    @property
    def counts(self) -> dict[Word, int]:
        """How many checks came to each word."""
        found = Counter(check.word for check in self.checks)
        return {word: found[word] for word in Word}


def exit_code(examination: Examination) -> ExitCode:
    """0 all good, 2 problems in the profile, 3 portal or means, 4 an account was not put back, 130 interrupted.

    An account that is left changed outranks everything; a problem in the profile outranks one of the surroundings,
    which may only follow from it.
    """
    if examination.not_restored:
        return ExitCode.NOT_RESTORED
    if examination.interrupted:
        return ExitCode.INTERRUPTED
    about = {check.about for check in examination.of(Word.PROBLEM)}
    if About.PROFILE in about:
        return ExitCode.USAGE
    return ExitCode.INCONCLUSIVE if about else ExitCode.CONFORMANT


def sentence(examination: Examination) -> str:
    """What came of it, in one sentence."""
    if examination.not_restored:
        return f"Not put back as it was: {', '.join(examination.not_restored)}."
    if examination.interrupted:
        return "The examination was stopped before its end."
    problems = examination.of(Word.PROBLEM)
    if not problems:
        return "Everything that could be looked at is as the profile says."
    mine = sum(check.about is About.PROFILE for check in problems)
    told = [_counted(mine, "problem", "in the profile")] if mine else []
    told += [_counted(len(problems) - mine, "problem", "of the portal or the means")] if len(problems) > mine else []
    return f"{' and '.join(told)} to mend before a run."


def _counted(number: int, word: str, of: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'} {of}"

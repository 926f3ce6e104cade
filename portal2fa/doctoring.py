"""Examining a target: the suite is loaded and does it; what it finds becomes an `Examination`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import portal2fa
from portal2fa import clock
from portal2fa.clauses import ScenarioOutline
from portal2fa.doctor import Check, Examination
from portal2fa.errors import ProfileError
from portal2fa.interrupting import kindly
from portal2fa.profile_files import Target, short
from portal2fa.profile_tables import placed, read_all
from portal2fa.profile_words import key_in_parts
from portal2fa.session import Session
from portal2fa.suite import load_part

_STOPPING = "Stopping after what is under way, so that its account is put back."


def examine(
    session: Session, rows: tuple[ScenarioOutline, ...], *, command: str, tell: Callable[[Check], None]
) -> Examination:
    """Examine the session's target for a run of `rows`, telling each check as it comes.

    The first Ctrl-C ends it kindly, with every account put back.
    """
    suite = load_part(session.root, "steps.tasks.doctor.examining")
    started, ending = clock.now(), [False]
    asked = suite.Asked(places(session.target, session), tell, lambda: ending[0], rows)

    def end() -> None:
        ending[0] = True

    with kindly(end, _STOPPING):
        found: Any = suite.examine(session, asked)
    target, findings = session.target, session.recorder.findings
    inside = target.path.is_relative_to(session.root)
    return Examination(
        name=target.profile.name,
        title=target.profile.title,
        url=findings.url or target.profile.url,
        profile=str(target.path.relative_to(session.root) if inside else target.path.name),
        tool_version=portal2fa.__version__,
        browser=findings.browser,
        started=started,
        finished=clock.now(),
        command=session.browser.told(command),
        checks=found.checks,
        outlook=found.outlook,
        not_restored=found.not_restored,
        interrupted=found.interrupted,
    )


def places(target: Target, session: Session) -> Callable[[str], tuple[str, int]]:
    """Where a key path stands: the file and the line, of the locale where that says it; empty where no file does."""
    try:
        sources = read_all(target.path, session.root)
    except ProfileError:
        return lambda key: ("", 0)
    tables = {name for source in sources for name in source.table}

    def place(key: str) -> tuple[str, int]:
        parts = key_in_parts(key)
        if not parts or parts[0] not in tables:
            return "", 0
        in_locale = ("locales", target.locale, *parts)
        if target.locale and any(source.lines.knows(in_locale) for source in sources):
            parts = in_locale
        file, line = placed(sources, parts)
        return short(file), line

    return place

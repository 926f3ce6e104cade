"""`portal2fa run --watch`: runs again whenever a file is saved that a run depends on, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import replace

from portal2fa.clauses import load_register, read_scenarios
from portal2fa.cli.playing import played
from portal2fa.errands import Errand, Means, errand, for_target
from portal2fa.outcomes import ExitCode, Result, exit_code
from portal2fa.profile_files import load_target
from portal2fa.selection import Selection
from portal2fa.watched_files import WatchedFiles
from portal2fa.watching import follow

_PARTS = ("features", "steps", "fixtures")


def watched(first: Errand, means: Means, play: Callable[[Errand, Means], Result] = played) -> ExitCode:
    """Run `first`, and again what edits call for; the exit code is that of the last run, once Ctrl-C has ended it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where it was started in the background of a script
    means = replace(means, afresh=True)
    root, now, codes = first.asked.root, [first], [ExitCode.INTERRUPTED]

    def selected() -> Selection:
        """All that is to be run, as the files are now."""
        register = load_register(root / "features" / "clauses.toml")
        asked = replace(now[0].asked, rows=read_scenarios(root / "features"), register=register, failed=False)
        target = load_target(first.target.given, root, locale=first.target.locale)
        now[0] = replace(errand(asked, target, first.out), baseline=first.baseline)
        return now[0].chosen

    def one(selection: Selection) -> Result:
        whole = now[0]
        part = for_target(whole.asked, whole.target, selection, whole.out)
        result = play(replace(part, baseline=whole.baseline), means)
        codes[0] = exit_code(result)
        return result

    def tell(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    files = [source.path for source in first.target.sources]
    try:
        with WatchedFiles([root / part for part in _PARTS], files) as changes:
            follow(changes, first.chosen, features=root / "features", selected=selected, play=one, tell=tell)
    except KeyboardInterrupt:
        tell("")
    return codes[0]

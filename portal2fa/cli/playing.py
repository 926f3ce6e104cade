"""What `portal2fa run` runs with, and a run with its progress, its report and its summary."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from portal2fa import reports
from portal2fa.browsers import anywhere, find_browser
from portal2fa.cli.progress import Progress
from portal2fa.errands import Errand, Means, carried_out, size, time_left
from portal2fa.errors import UsageError
from portal2fa.feature_files import suite_digest
from portal2fa.outcomes import Result
from portal2fa.profile_files import find_root
from portal2fa.report_folder import ReportFolder


@contextlib.contextmanager
def means(
    *, named: str | None, endpoint: str | None, cdp: str | None, headed: bool, cluster: str | None
) -> Iterator[Means]:
    """The browser of this machine, or a cluster whose nodes have their own; raises where there is none."""
    if cluster is None:
        yield Means(find_browser(named=named, headed=headed, endpoint=endpoint, cdp=cdp))
        return
    if headed:
        raise UsageError("--headed cannot be had with --cluster.", hint="leave --headed out: nobody watches a node")
    browser = anywhere(os.environ, named=named, endpoint=endpoint, cdp=cdp)
    try:
        from portal2fa.workers.cluster import joined
    except ModuleNotFoundError as error:
        raise UsageError(
            "--cluster needs Dask, which is not installed.",
            cause=str(error),
            hint="install portal2fa with its extra `cluster`, here and on every node",
        ) from error
    with joined(cluster) as found:
        found.check(suite_digest(find_root()))
        yield Means(browser, found)


def played(errand: Errand, means: Means) -> Result:
    """The result of a run, whose report is written and whose summary is shown."""
    result = written(errand, means)
    reports.show(result, str(errand.out / "index.html"), sys.stdout, os.environ)
    return result


def written(errand: Errand, means: Means) -> Result:
    """The result of a run, whose report is written."""
    for line in size(errand, means).told:
        print(line, file=sys.stderr)
    left = time_left(errand, means)
    with ReportFolder(errand.out) as folder, Progress(errand.plays, sys.stderr, os.environ, left) as progress:
        result = carried_out(errand, means, folder.recorder, progress.scenario)
        folder.keep(result)
    return result

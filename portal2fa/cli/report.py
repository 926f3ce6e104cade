"""`portal2fa report`: what is done with reports after the runs that wrote them."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

import click

from portal2fa.cli.options import out_option


@click.group("report")
def command() -> None:
    """Put reports together."""


@command.command("merge")
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@out_option
def merge(folders: tuple[Path, ...], out: Path) -> int:
    """Make one report of those that the runs of all shards wrote.

    Each DIR is the folder of a report of `portal2fa run --shard I/N`, or the result.json in it; all N have to be
    there, of the same portal, profile, specification and version.  The exit code is that of the merged result, as
    `portal2fa run` gives it.
    """
    from portal2fa import reports
    from portal2fa.merging import evidence_path
    from portal2fa.merging import merge as merged
    from portal2fa.outcomes import exit_code
    from portal2fa.report_folder import ReportFolder, read_report

    shards = {str(folder): read_report(folder) for folder in folders}
    lie_in = {str(path): path if path.is_dir() else path.parent for path in folders}
    result = merged(shards, command=shlex.join(["portal2fa", *sys.argv[1:]]))
    with ReportFolder(out) as folder:
        for name, shard in shards.items():
            number = int(shard.shard.partition("/")[0])
            for item in (item for row in shard.scenarios for item in row.evidence if item.path):
                target = folder.recorder.folder / evidence_path(item.path, number)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(lie_in[name] / item.path, target)
        folder.keep(result)
    reports.show(result, str(out / "index.html"), sys.stdout, os.environ)
    return int(exit_code(result))

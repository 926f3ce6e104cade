"""The suite's own code, loaded by path as behave loads it for a run: the command imports none of it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from portal2fa.errors import UsageError


def load_part(root: Path, module: str) -> ModuleType:
    """The module `module` of the suite at `root`; raises `UsageError` when the suite is not there."""
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise UsageError("The suite that belongs to portal2fa is incomplete.", cause=str(error)) from error

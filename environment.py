"""behave looks for its hooks here; they live in `fixtures/hooks.py`."""

from fixtures.hooks import *  # noqa: F403

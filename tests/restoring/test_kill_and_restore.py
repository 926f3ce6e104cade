"""A run that is killed without warning leaves an account that `portal2fa restore` puts back, whatever the moment."""

from __future__ import annotations

from tests.restoring.killing import METHODS, assert_all_are_off, kill_at, moments
from tests.restoring.living import Living


def test_a_run_killed_after_any_change_of_the_journal_is_put_back(reference: Living) -> None:
    """The moments at which what is on disk has just changed: the secret read, the code given, the factor on."""
    chosen = [
        (method, number)
        for method in METHODS
        for number, kind in enumerate(moments(reference, method), 1)
        if kind == "j"
    ]
    assert_all_are_off(kill_at(reference, chosen))

"""The one way in which a Then-step says no: with what was expected and what the portal showed."""

from __future__ import annotations


class NotAsExpected(AssertionError):
    """The portal showed something else than the specification says."""

    def __init__(self, expected: str, seen: str, missing: tuple[str, ...] = ()) -> None:
        """Keep both sides, each a phrase that completes "expected …" and "saw …".

        `missing` names entries of the profile that were looked for in vain.  Whether the portal lacks them or the
        profile points at nothing cannot be told from here: it is a failure only where the run saw them elsewhere.
        """
        super().__init__(f"expected {expected}; saw {seen}")
        self.expected = expected
        self.seen = seen
        self.missing = missing


def expect(holds: object, *, expected: str, seen: object, missing: str | tuple[str, ...] = ()) -> None:
    """Raise `NotAsExpected` unless `holds` is true."""
    if not holds:
        names = (missing,) if isinstance(missing, str) else missing
        raise NotAsExpected(expected, str(seen) or "nothing", names)

"""The one way in which a Then-step says no: with what was expected and what the portal showed."""

from __future__ import annotations


class NotAsExpected(AssertionError):
    """The portal showed something else than the specification says."""

    def __init__(self, expected: str, seen: str) -> None:
        """Keep both sides, each a phrase that completes "expected …" and "saw …"."""
        super().__init__(f"expected {expected}; saw {seen}")
        self.expected = expected
        self.seen = seen


def expect(holds: object, *, expected: str, seen: object) -> None:
    """Raise `NotAsExpected` unless `holds` is true."""
    if not holds:
        raise NotAsExpected(expected, str(seen) or "nothing")

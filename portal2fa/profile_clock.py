"""The `[clock]` table of a profile: how the portal's time is moved, or that it is not."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from portal2fa.profile_entry import wrong

PRELOADED = ("shim", "libfaketime")
_OPTIONS = {
    "file": PRELOADED,
    "library": ("libfaketime",),
    "monotonic": ("libfaketime",),
    "command": ("command",),
    "seconds": ("command",),
    "proof": (*PRELOADED, "command"),
}
"""Which kinds an option belongs to."""


class Clock(BaseModel):
    """How the portal's time is moved: over the control endpoint, by a library, a command, by waiting, or not at all."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, hide_input_in_errors=True)

    kind: Literal["control", "shim", "libfaketime", "command", "wait", "none"] = "none"
    """`control`: over the endpoint that the start line names; `shim`, `libfaketime`: a library that is preloaded into
    the portal; `command`: a program of yours; `wait`: really waited for; `none`: scenarios with `@needs.clock` stay
    untested.
    """
    file: str = ""
    """The file that holds the offset, for a library that you have preloaded yourself."""
    library: str = ""
    """Where libfaketime lies, if not where it usually does."""
    monotonic: StrictBool = True
    """Whether libfaketime moves the clock too that only ever goes forward."""
    command: tuple[str, ...] = ()
    """Program and arguments, one of them with `{offset}`, the seconds by which the portal is to be ahead."""
    seconds: int = Field(default=60, ge=1, le=900)
    """How long the command may take, 1 to 900."""
    proof: StrictBool = True
    """Whether it is made sure that the portal is at the moved time before anything is judged by it."""

    @model_validator(mode="after")
    def _options_of_the_kind(self) -> Clock:
        for option in self.model_fields_set - {"kind"}:
            if self.kind not in _OPTIONS[option]:
                kinds = " or ".join(f'"{kind}"' for kind in _OPTIONS[option])
                raise wrong(f'goes with kind = {kinds}, not with "{self.kind}"', "remove it", at=option)
        if self.kind == "command" and not any("{offset}" in part for part in self.command):
            remedy = "list a program and its arguments, one of them with {offset}"
            raise wrong("does not say by how much the clock is moved", remedy, at="command")
        return self


def clock_complaints(clock: Clock, *, started: bool) -> list[tuple[str, str, str]]:
    """What is wrong with `clock` beside or without a `[start]` table: key path, what is wrong, and the remedy."""
    if clock.kind not in PRELOADED or started != bool(clock.file):
        return []
    if started:
        remedy = "remove 'file' from [clock], or start the portal yourself and give its 'url'"
        return [("clock.file", "is for a portal that the run does not start", remedy)]
    remedy = "add [start], or preload the library yourself and name its offset file as clock.file"
    return [("clock.kind", f"\"{clock.kind}\" needs a portal that the run starts, or 'file'", remedy)]

"""What is wrong in a profile is told by file, entry and remedy, in words that need no knowledge of the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile import Profile
from portal2fa.profile_checks import complaints
from tests.portal2fa.breaking import GONE, changed, refusal

Table = dict[str, Any]
Write = Callable[..., Path]

# Each row breaks one entry of a profile that is right: where the complaint has to point, and what it has to say.
BREAKAGES: list[tuple[str, object, str, str]] = [
    # kinds of values
    ("profile_version", GONE, "profile_version", "add this entry"),
    ("profile_version", 2, "profile_version", "use 1"),
    ("name", "Not A Slug", "name", "use small letters, digits and -"),
    ("title", GONE, "title", "add this entry"),
    ("title", 7, "title", "has to be text"),
    ("colour", "red", "colour", "remove it, or mend its spelling"),
    # where the portal is
    ("url", "portal.example", "url", "https://"),
    ("url", "ftp://portal.example", "url", "https://"),
    ("url", GONE, "url", "add the address, here or in a profile that extends this one"),
    ("start", {"command": ["x"]}, "url", "keep one of the two"),
    ("start", {"command": []}, "start.command", "is an empty list"),
    ("start", {"command": "x"}, "start.command", "has to be a list"),
    ("start", {"command": ["x"], "seconds": 0}, "start.seconds", "has to be at least 1 — it is 0"),
    # accounts and means
    ("accounts", GONE, "accounts.kind", "add this entry"),
    ("accounts.kind", "bought", "accounts.kind", "use one of control, started, pool, command"),
    ("accounts.pool", [], "accounts.pool", "list at least one account"),
    ("accounts.pool", [{"username": "ana"}], "accounts.pool[0].password", "add this entry"),
    ("accounts.pool", [{"username": "a", "password": "b", "age": 1}], "accounts.pool[0].age", "mend its spelling"),
    ("accounts.password", ["x", "{username}"], "accounts.password", 'goes with kind = "command", not'),
    ("accounts", {"kind": "command", "make": ["x"], "remove": ["y"]}, "accounts.remove", "put {username}"),
    ("accounts", {"kind": "command", "make": ["x"], "password": ["y"]}, "accounts.password", "put {username}"),
    ("accounts", {"kind": "command", "make": ["x"], "password": "y"}, "accounts.password", "has to be a list"),
    ("mailbox.kind", "imapp", "mailbox.kind", "did you mean 'imap'?"),
    ("mailbox.kind", "imap", "mailbox", "'host', 'username', 'password' goes with kind"),
    ("mailbox.kind", "maildir", "mailbox", "'path' goes with kind"),
    ("mailbox.path", "/mail", "mailbox.path", 'goes with kind = "maildir", not with "none" — remove it'),
    ("mailbox.seconds", 0, "mailbox.seconds", "has to be at least 1"),
    ("mailbox.code_pattern", "(", "mailbox.code_pattern", "not a regular expression"),
    ("mailbox.code_pattern", r"\d{6}", "mailbox.code_pattern", "exactly one group"),
    ("mailbox.code_pattern", r"(\d)(\d)", "mailbox.code_pattern", "exactly one group"),
    ("clock.kind", "sundial", "clock.kind", "use one of control, shim, libfaketime, command, wait, none"),
    ("timing.answer", 0, "timing.answer", "has to be more than 0"),
    ("timing.answer", "soon", "timing.answer", "has to be a number"),
    ("timing.after_wrong_code", 1, "timing.after_wrong_code", "known are: answer, period"),
    ("timing.answer", 121, "timing.answer", "has to be at most 120 — it is 121"),
    ("timing.period", 30.5, "timing.period", "has to be a whole number"),
    ("wrong_code", {"seconds": -1}, "wrong_code.seconds", "has to be at least 0"),
    ("wrong_code", {"locks_at": 2}, "wrong_code.locks_at", "has to be at least 3"),
    ("wrong_code", {"set_up": "stay"}, "wrong_code.set_up", "did you mean 'stays'?"),
    ("language", "english please", "language", "such as en-GB"),
    ("clock.kind", "shim", "clock.kind", "needs a portal that the run starts"),
    ("methods", {"forced": True}, "methods.forced", "contradicts accounts.kind"),
    ("methods", {"forced": True}, "notices.set_up_demanded", "methods.forced is declared"),
    ("methods", {"forced": "yes"}, "methods.forced", "has to be true or false"),
    ("timing.period", 1, "timing.period", "has to be at least 15"),
    ("backup_codes.pattern", "[", "backup_codes.pattern", "not a regular expression"),
    ("backup_codes.pattern", "[A-Z]*", "backup_codes.pattern", "matches nothing at all"),
    ("manual_key.pattern", "[A-Z]*", "manual_key.pattern", "matches nothing at all"),
    # capabilities
    ("capabilities", GONE, "capabilities", "add this entry"),
    ("capabilities.cancel", GONE, "capabilities.cancel", "add this entry"),
    ("capabilities.cancel", "perhaps", "capabilities.cancel", "has to be true or false"),
    ("capabilities.telepathy", True, "capabilities.telepathy", "mend its spelling"),
    # places
    ("places.sign_in", GONE, "places.sign_in", "add 'sign_in' to [places]"),
    ("places.sing_in", "/x", "places.sing_in", "did you mean 'sign_in'?"),
    ("places.front", 3, "places.front", "has to be an address"),
    ("places.front", "", "places.front", "names no address"),
    ("places.protected", [], "places.protected", "names no address"),
    # controls
    ("controls.name", GONE, "controls.name", "every portal needs it"),
    ("controls.qr_code", GONE, "controls.qr_code", "capabilities.time_based_tokens is declared"),
    ("controls.google_play", GONE, "controls.google_play", "set capabilities.store_links = false"),
    ("controls.spare", {"css": "#spare"}, "controls.spare", "is never used"),
    ("controls.Two-Factor", {"css": "#x"}, "controls.Two-Factor", "use small letters, digits and _"),
    ("controls.enable", {}, "controls.enable", "exactly one of role, label, text, placeholder, test_id, css"),
    ("controls.enable", {"label": "a", "css": "b"}, "controls.enable.css", "says label and css at once"),
    ("controls.enable", {"label": "a", "name": "b"}, "controls.enable.name", "'name' goes with 'role'"),
    ("controls.enable", {"label": "a", "colour": "b"}, "controls.enable.colour", "known are: "),
    ("controls.enable", {"label": "a", "within": {}}, "controls.enable.within", "exactly one of role"),
    ("controls.enable", "Enable", "controls.enable", 'has to be a table — write { text = "Enable" }'),
    ("controls.enable", [{"css": "#a"}, {"txt": "b"}], "controls.enable[1].txt", "did you mean 'text'?"),
    ("controls.enable", {"role": "buton", "name": "x"}, "controls.enable.role", "did you mean 'button'?"),
    ("controls.enable", {"role": "zzz"}, "controls.enable.role", "use a role of WAI-ARIA"),
    ("controls.enable", {"text": "x", "exact": "maybe"}, "controls.enable.exact", "has to be true or false"),
    ("controls.enable", {"css": "#a", "within": {"ccs": "#b"}}, "controls.enable.within.ccs", "did you mean 'css'?"),
    ("controls.enabel", {"css": "#x"}, "controls.enabel", "did you mean 'enable'?"),
    # notices
    ("notices.signed_in", GONE, "notices.signed_in", "add 'signed_in' to [notices]"),
    ("notices.on", [], "notices.on", "is an empty list"),
    ("notices.on", [{"text": "a"}, {}], "notices.on[1]", "exactly one of role"),
    ("notices.turned_of", {"text": "x"}, "notices.turned_of", "did you mean 'turned_off'?"),
    ("notices.zzz", {"text": "x"}, "notices.zzz", "known are: "),
    # paths
    ("paths.enable", GONE, "paths.enable", "add 'enable' to [paths]"),
    ("paths.enabel", ["enable"], "paths.enabel", "did you mean 'enable'?"),
    ("paths.enable", ["enabel"], "paths.enable[0]", "did you mean 'enable'?"),
    ("paths.enable", ["enable", "zzzz"], "paths.enable[1]", "add 'zzzz' to [controls]"),
    ("paths.enable", "enable", "paths.enable", "has to be a list"),
    ("paths.enable", [7], "paths.enable[0]", "has to be a table"),
    ("paths.enable", [{}], "paths.enable[0]", "exactly one of press, fill, choose, untick"),
    ("paths.enable", [{"press": "enable", "open": "/x"}], "paths.enable[0].open", "press and open at once"),
    ("paths.prepare", [{"open": "/x", "optional": True}], "paths.prepare[0].optional", "use it with press, fill"),
    ("paths.prepare", [{"open": "/x", "each": True}], "paths.prepare[0].each", "say 'fill'"),
    ("paths.sign_in", [{"fill": "username", "with": "{code}"}], "paths.sign_in[0]", "as in paths.sign_in_time_based"),
    (
        "paths.sign_in_email",
        [{"fill": "authorization_code", "with": "{backup_code}"}],
        "paths.sign_in_email[0]",
        "as in paths.sign_in_backup_code",
    ),
    ("paths.turn_off", [], "paths.turn_off", "use accounts of another kind"),
    ("places.client_area", "https://other.example/x", "places.client_area", "add the host to 'origins'"),
    ("places.protected", ["/a", "//other.example/x"], "places.protected", "write what comes after the host"),
    ("paths.enable", [{"fill": "username"}], "paths.enable[0]", "'fill' and 'with' go together"),
    ("paths.enable", [{"press": "enable", "with": "x"}], "paths.enable[0]", "'fill' and 'with' go together"),
    ("paths.enable", [{"fill": "username", "with": "{user}"}], "paths.enable[0].with", "unknown value {user}"),
    ("paths.enable", [{"press": "enable", "twice": True}], "paths.enable[0].twice", "mend its spelling"),
    ("paths.enable", [{"press": "enable", "optionl": True}], "paths.enable[0].optionl", "did you mean 'optional'?"),
    ("paths.turn_off", GONE, "paths.turn_off", "set capabilities.turn_off = false"),
    ("paths.cancel_email", GONE, "paths.cancel_email", "set capabilities.cancel = false"),
    # overlays
    ("screens", {"small": {}}, "screens.small.below", "add this entry"),
    ("screens", {"small": {"below": 900, "path": {}}}, "screens.small.path", "did you mean 'paths'?"),
    ("screens", {"s": {"below": 900, "paths": {"enabel": []}}}, "screens.s.paths.enabel", "did you mean 'enable'?"),
    ("screens", {"s": {"below": 900, "paths": {"enable": ["menu"]}}}, "screens.s.paths.enable[0]", "add 'menu' to"),
    ("screens", {"s": {"below": 900, "controls": {"x": {"css": "x"}}}}, "screens.s.controls.x", "is never used"),
]


@pytest.mark.parametrize(("key", "value", "place", "words"), BREAKAGES)
def test_one_wrong_entry_is_told_by_file_place_and_remedy(
    documented: Table, write: Write, key: str, value: object, place: str, words: str
) -> None:
    path = write(changed(documented, key, value))
    told = refusal(path)
    entry = next((line for line in told.splitlines() if line.strip().startswith(f"{place}:")), "")
    assert told.startswith(str(path))
    assert words in entry, told
    assert " — " in entry, f"there is no remedy: {told}"


def test_what_cannot_be_where_every_account_has_to_have_a_method_is_told(documented: Table, write: Write) -> None:
    documented["paths"]["prepare"] = ["enable"]
    told = refusal(write(changed(documented, "methods", {"forced": True})))
    found = [line for line in told.splitlines() if line.strip().startswith("methods.forced: contradicts")]
    assert [line.split("contradicts ")[1].split()[0].rstrip(":,") for line in found] == [
        "accounts.kind",
        "capabilities.turn_off",
        "paths.prepare",
    ]


def test_a_portal_that_demands_a_method_of_everybody_can_be_described(documented: Table, write: Write) -> None:
    changed(documented, "methods", {"forced": True})
    documented["accounts"] = {"kind": "command", "make": ["make-one"], "remove": ["remove", "{username}"]}
    documented["capabilities"] |= {"turn_off": False, "turn_off_password": False}
    documented["notices"]["set_up_demanded"] = {"text": "Protect your account first"}
    documented["controls"]["protect_now"] = {"role": "button", "name": "Protect"}
    documented["paths"]["set_up_demanded"] = ["protect_now"]
    assert complaints(Profile.model_validate(documented)) == []


def test_all_wrong_entries_are_told_at_once(documented: Table, write: Write) -> None:
    for key in ("places.front", "controls.enable", "notices.off", "paths.finish"):
        changed(documented, key, GONE)
    told = refusal(write(documented))
    assert all(f"\n    {key}: " in told for key in ("places.front", "controls.enable", "notices.off"))
    assert "paths.finish" not in told, "it is optional"

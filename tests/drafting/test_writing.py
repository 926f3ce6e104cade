"""The file that a draft becomes."""

from __future__ import annotations

import io
import tomllib

from PIL import Image

from portal2fa.drafting.draft import Certainty, Draft, Found, Step
from portal2fa.drafting.order import Order, name_of, split_address
from portal2fa.drafting.writing import to_toml
from portal2fa.profile_names import OPTIONAL, TABLES
from portal2fa.reports.draft_html import to_html
from portal2fa.reports.embedded import embed
from tests.drafting.pictured import NOWHERE, held, pictures

DRAFTED, LOOKED_FOR = ("paths", "sign_out"), ("paths", "finish")
ORDER = Order("ours", "https://portal.example", "/", "ana", "ANAS_PASSWORD", person="Ana Example")


def made() -> Draft:
    """A draft with an entry of each certainty."""
    draft = Draft()
    draft.put(Found("controls", "enable", {"role": "button", "name": "Enable"}, Certainty.SURE, ("it was used",)))
    draft.put(Found("controls", "leftover", {"text": "never used"}, Certainty.LIKELY))
    draft.put(Found("notices", "off", {"text": "It's off <now>"}, Certainty.LIKELY, ("it was seen",)))
    draft.put(Found("notices", "on", None, Certainty.GAP, ("the settings were opened", "nothing new")))
    draft.put(Found("capabilities", "known_status", True, Certainty.SURE))
    draft.put(Found("paths", "enable", ["enable"], Certainty.SURE))
    draft.put(Found("backup_codes", "pattern", r"\b\d{8}\b", Certainty.LIKELY, ("8 were shown",)))
    return draft


def test_the_file_holds_what_was_found_and_names_the_variable_of_the_password() -> None:
    table = tomllib.loads(to_toml(made(), ORDER))
    assert table["controls"] == {"enable": {"role": "button", "name": "Enable"}}
    assert table["accounts"]["pool"] == [{"username": "ana", "password": "$ANAS_PASSWORD", "name": "Ana Example"}]
    assert table["backup_codes"]["pattern"] == r"\b\d{8}\b"
    assert table["capabilities"]["known_status"] is True
    assert table["capabilities"]["email_codes"] is False


def test_guesses_and_gaps_are_marked_and_what_is_sure_is_not() -> None:
    lines = to_toml(made(), ORDER).splitlines()
    assert any(line.startswith("off = ") and line.endswith("# likely: it was seen") for line in lines)
    assert "# GAP on: the settings were opened; nothing new" in lines
    assert 'enable = {role = "button", name = "Enable"}' in lines


def test_a_capability_that_could_not_be_found_out_is_off_and_says_why() -> None:
    draft = made()
    draft.put(Found("capabilities", "email_codes", None, Certainty.GAP, ("its set-up was begun", "no mail came")))
    lines = to_toml(draft, ORDER).splitlines()
    assert "email_codes = false # GAP: its set-up was begun; no mail came" in lines
    assert "turn_off = false # GAP: nothing was found out about it" in lines


def test_what_is_optional_and_was_not_drafted_stands_at_the_end_with_what_it_is_for() -> None:
    optional = [(table, name) for table, names in TABLES.items() for name in names if names[name].when == OPTIONAL]
    draft = made()
    draft.put(Found(*DRAFTED, ["leave"], Certainty.LIKELY))
    draft.put(Found(*LOOKED_FOR, None, Certainty.GAP, ("it was looked for",)))
    text = to_toml(draft, ORDER)
    assert tomllib.loads(text) == tomllib.loads(text.partition("# Optional, and not drafted")[0])
    listed = text.partition("# Optional, and not drafted")[2].splitlines()[2:]
    undrafted = [(table, name) for table, name in optional if (table, name) not in (DRAFTED, LOOKED_FOR)]
    assert listed == [f"#   {table}.{name}: {TABLES[table][name].meaning}" for table, name in undrafted]
    assert 0 < len(undrafted) == len(optional) - 2


def test_where_nothing_optional_is_left_nothing_is_listed() -> None:
    draft = made()
    for table, names in TABLES.items():
        for name, known in names.items():
            if known.when == OPTIONAL:
                draft.put(Found(table, name, None, Certainty.GAP, ("it was looked for",)))
    assert "not drafted" not in to_toml(draft, ORDER)


def test_a_gap_never_replaces_a_find_and_proof_makes_sure() -> None:
    draft = made()
    draft.put(Found("notices", "off", None, Certainty.GAP, ("tried again",)))
    assert draft.value("notices", "off") == {"text": "It's off <now>"}
    draft.confirm("notices", "off", "a walk found it")
    draft.confirm("notices", "on", "which is a gap")
    assert [found.name for found in draft.all_of(Certainty.GAP)] == ["on"]
    assert draft.entries["notices.off"].certainty is Certainty.SURE


def test_what_only_its_place_on_the_page_tells_is_never_sure() -> None:
    draft = made()
    draft.put(Found("controls", "backup_code", {"css": "main > ul > li"}, Certainty.SURE))
    draft.put(Found("controls", "manual_key", {"css": "#key"}, Certainty.LIKELY))
    for name in ("backup_code", "manual_key"):
        draft.confirm("controls", name, "it was used")
    assert draft.entries["controls.backup_code"].certainty is Certainty.LIKELY
    assert draft.entries["controls.manual_key"].certainty is Certainty.SURE


def test_a_secret_that_got_into_the_draft_stays_in_no_word_of_it() -> None:
    draft = made()
    draft.put(Found("controls", "manual_key", {"text": "GEZDGNBV"}, Certainty.SURE, ("it shows GEZDGNBV",)))
    draft.remarks.append("the key is GEZDGNBV")
    clean = draft.without_secrets(lambda text: text.replace("GEZDGNBV", "...."))
    assert clean.entries["controls.manual_key"].certainty is Certainty.GAP
    assert "GEZDGNBV" not in to_toml(clean, ORDER) + to_html(clean, ORDER, "") + str(clean.remarks)
    assert clean.value("controls", "enable") == draft.value("controls", "enable")


def test_the_page_escapes_what_the_portal_said_and_shows_every_entry() -> None:
    html = to_html(made(), ORDER, "the file")
    assert "&lt;now&gt;" in html
    assert "<now>" not in html
    assert all(f'id="{key}"' in html for key in made().entries)


def png(width: int, height: int) -> bytes:
    """A picture of this size."""
    written = io.BytesIO()
    Image.new("RGB", (width, height)).save(written, "PNG")
    return written.getvalue()


def test_the_page_holds_a_picture_once_however_often_it_is_shown() -> None:
    draft, window = Draft(), png(1280, 720)
    draft.put(Found("places", "front", "/", Certainty.SURE, picture=window))
    draft.put(Found("controls", "enable", {"text": "Enable"}, Certainty.SURE, picture=png(300, 90)))
    draft.put(Found("paths", "finish", [], Certainty.LIKELY, picture=window))
    draft.steps.append(Step("went there", "/", window))
    page = to_html(draft, ORDER, "the file")
    assert len(held(page)) == len(set(held(page))) == page.count("data:image") == 2
    assert pictures(page) == {"places.front": (1280, 720), "controls.enable": (300, 90), "paths.finish": (1280, 720)}


def test_a_picture_is_made_smaller_as_a_whole_and_never_larger() -> None:
    large, small = embed([png(1280, 720), b"", png(30, 9)]).values()
    assert large.within(320, 160) == (284, 160)
    assert small.within(320, 160) == (30, 9)


def test_only_a_capability_that_was_seen_nowhere_does_without_a_picture() -> None:
    draft = Draft()
    draft.put(Found("capabilities", "resend", False, Certainty.LIKELY, ("nothing speaks of it",)))
    draft.put(Found("capabilities", "turn_off", True, Certainty.LIKELY))
    draft.put(Found("notices", "on", {"text": "On"}, Certainty.LIKELY))
    page = to_html(draft, ORDER, "the file")
    assert page.count(NOWHERE) == 1
    assert pictures(page) == {"capabilities.turn_off": None, "notices.on": None}


def test_an_address_is_split_and_names_the_profile() -> None:
    assert split_address("https://portal.example:8443/login?next=/") == ("https://portal.example:8443", "/login?next=/")
    assert name_of("https://portal.example") == "portal-example"
    assert name_of("http://127.0.0.1:80") == "portal-127-0-0-1"


def test_two_portals_on_one_host_have_two_names() -> None:
    assert name_of("http://127.0.0.1:8000") == "portal-127-0-0-1-8000"
    assert name_of("http://127.0.0.1:8001") == "portal-127-0-0-1-8001"
    assert name_of("https://portal.example:8443") == "portal-example-8443"
    assert name_of("https://portal.example:443") == name_of("https://portal.example") == "portal-example"
    assert name_of("https://portal.example:80") == "portal-example-80"

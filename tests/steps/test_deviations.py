"""What is reported as a difference to the documented way: what has to be done, not what has to be waited for."""

from __future__ import annotations

from portal2fa.clauses import Label
from steps.tasks import backup, navigation
from tests.steps.conftest import Visit

CODES = "<button>Show codes</button><output aria-label='Backup code'>ABCD-2345-EFGH-6789</output>"
SHOW = {"show": {"role": "button", "name": "Show codes"}}


def test_waiting_for_the_backup_code_is_no_step_of_a_detour(visit: Visit) -> None:
    actor, _ = visit({"/page": CODES}, controls=SHOW, paths={"show_backup_code": ["show", {"see": "backup_code"}]})
    actor.portal.go(f"{actor.portal.url}/page")
    assert backup.receive(actor) == ["ABCD-2345-EFGH-6789"]
    assert [deviation.seen for deviation in actor.world.recorder.collect().deviations] == [
        'one after the button "Show codes"'
    ]


def test_waiting_is_no_step_beyond_the_documented_one(visit: Visit) -> None:
    for more, reported in (([{"see": "backup_code"}], 0), ([{"see": "backup_code"}, "show"], 1)):
        actor, _ = visit({}, controls=SHOW, paths={"enable": ["enable", *more]})
        actor.world.recorder.begin()
        actor.world.labels["enable"] = Label(text="Click Here to Enable", clause="NAV-9")
        navigation.note_extra_steps(actor, "enable")
        assert len(actor.world.recorder.collect().deviations) == reported


def test_a_field_without_a_label_is_called_by_what_it_suggests(visit: Visit) -> None:
    field = {"authorization_code": [{"placeholder": "Enter code here"}, {"placeholder": "Enter code"}]}
    actor, _ = visit({"/page": "<input placeholder='Enter code here'>"}, controls=field)
    actor.world.labels["authorization_code"] = Label(text="Authorization code", clause="EMAIL-4")
    actor.portal.go(f"{actor.portal.url}/page")
    navigation.note_label(actor, "authorization_code")
    assert [deviation.seen for deviation in actor.world.recorder.collect().deviations] == ["Enter code here"]


def test_an_icon_is_no_part_of_the_wording(visit: Visit) -> None:
    button = "<button id=b><i aria-hidden=true>add_moderator</i> Turn <b>it</b> on</button>"
    actor, _ = visit({"/page": button}, controls={"enable": {"css": "#b"}})
    actor.world.labels["enable"] = Label(text="Click Here to Enable", clause="NAV-9")
    actor.portal.go(f"{actor.portal.url}/page")
    navigation.note_label(actor, "enable")
    assert [deviation.seen for deviation in actor.world.recorder.collect().deviations] == ["Turn it on"]

"""Giving codes, right and wrong, and what the portal answers."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from portal2fa.errors import CannotTell
from portal2fa.expectation import expect
from steps.tasks import ageing, answering, at_once, belated, codes, doubts, mail, pasting, requesting, setting_up
from steps.words import person


@when("{who:Person} gives {what:WrongCode}")
def gives_wrong(context: Any, who: str, what: str) -> None:
    """A code that must be refused."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: codes.wrong_code(actor, what))


@when("{who:Person} gives a code that was not mailed")
def gives_unmailed(context: Any, who: str) -> None:
    """A code of the right form that is in none of the mails."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: mail.wrong_code(actor))


@when("{who:Person} gives the code shown by the app")
@when("{who:Person} gives the code from the mail")
def gives_right(context: Any, who: str) -> None:
    """The code that has to be accepted."""
    answering.give_right(person(context, who))


@when("{who:Person} gives the code shown by the app with a space in it")
def gives_right_spaced(context: Any, who: str) -> None:
    """The right code, as apps show it."""
    actor = person(context, who)
    answering.give(actor, lambda: codes.spaced(answering.right_code(actor)), rests_on=(doubts.SPACED,))


@when("{who:Person} gives the app's code of {distance:Duration} {direction:Direction}")
def gives_of_another_time(context: Any, who: str, distance: float, direction: int) -> None:
    """A code of the future, or of the past."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: codes.code_at_distance(actor, direction * distance))


@when("{who:Person} gives a code of the app from before")
def gives_of_former_app(context: Any, who: str) -> None:
    """The present code of the secret that the app in use has taken the place of."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: codes.former_code(actor))


@when("{who:Person} gives the code she used before")
def gives_used(context: Any, who: str) -> None:
    """The last code that the portal took."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: codes.used_code(actor))


@when("{who:Person} gives the code she used before with a space in it")
def gives_used_spaced(context: Any, who: str) -> None:
    """The same code, as apps show it."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: codes.spaced(codes.used_code(actor)))


@when("{who:Person} gives one code in the first browser and then in the second")
def gives_one_in_both(context: Any, who: str) -> None:
    """Accepted in the one, and so used up."""
    actor = person(context, who)
    second = actor.portal
    actor.look_through(actor.notes["first_window"])
    if not answering.give_right(actor).accepted:
        raise CannotTell(
            "The code did not sign the first browser in.",
            cause=answering.said(actor),
            hint="look at the picture: the sign-in begun in the second browser may have ended that of the first",
        )
    actor.look_through(second)
    answering.give_wrong(actor, lambda: codes.used_code(actor))


@when("{who:Person} gives one code in both browsers at once")
def gives_one_at_once(context: Any, who: str) -> None:
    """At the same moment, so that none of the two is the second."""
    at_once.give_in_both(person(context, who))


@then("only one of them is signed in")
def one_signed_in(context: Any) -> None:
    """Whichever of the two came first."""
    number = person(context, "she").notes["signed_in_at_once"]
    expect(number == 1, expected="one of the two browsers to be signed in", seen="both")


@when("{who:Person} gives the code of the sign-in before")
def gives_of_sign_in_before(context: Any, who: str) -> None:
    """Once the present one has its own."""
    actor = person(context, who)
    mail.await_code_mail(actor)
    answering.give_wrong(actor, lambda: mail.code_in(actor, mail.code_mails(actor)[-2]))


@when("{who:Person} gives the code that was mailed to Ben")
def gives_mailed_to_other(context: Any, who: str) -> None:
    """The newest of his."""
    code = mail.newest_code(person(context, "Ben"))
    answering.give_wrong(person(context, who), code)


@when("{who:Person} gives the code shown by Ben's app")
def gives_of_other_app(context: Any, who: str) -> None:
    """The present one of his secret."""
    other = person(context, "Ben")
    actor = person(context, who)
    answering.give_wrong(actor, lambda: codes.app(other).code(actor.now()))


@when("{who:Person} gives the older code")
def gives_older(context: Any, who: str) -> None:
    """The code of the mail before the newest."""
    actor = person(context, who)
    answering.give_wrong(actor, lambda: mail.code_in(actor, mail.code_mails(actor)[-2]))


@when("{who:Person} pastes the code from the mail")
def pastes(context: Any, who: str) -> None:
    """With the browser's own clipboard."""
    actor = person(context, who)
    actor.notes["pasted"] = mail.newest_code(actor)
    actor.notes["in_place"] = pasting.paste(actor, "authorization_code", str(actor.notes["pasted"]))


@then("the whole code is in its place")
def pasted_whole(context: Any) -> None:
    """What was pasted can be read back."""
    actor = person(context, "she")
    doubts.count_on(actor, [doubts.CODE_OF_A_MAIL])
    expect(
        actor.notes["in_place"] == actor.notes["pasted"],
        expected="the whole code",
        seen=f"{len(str(actor.notes['in_place']))} characters",
    )


@then("the portal refuses the code")
def refuses(context: Any) -> None:
    """By what it said to the code that was given last; one that is too old shows how long it would have lived."""
    actor = person(context, "she")
    ageing.be_certain(actor)
    refused = actor.answer is not None and not actor.answer.accepted
    doubts.count_on_the_answer(actor)
    seen = "" if refused else "; ".join(filter(None, ["it was accepted", ageing.lifetime(actor)]))
    expect(refused, expected="the code to be refused", seen=seen)


@then("the portal accepts the code")
def accepts(context: Any) -> None:
    """By what it said to the code that was given last; one that died early shows how long it lived."""
    actor = person(context, "she")
    ageing.be_certain(actor)
    accepted = actor.answer is not None and actor.answer.accepted
    in_doubt = doubts.of_answer(actor)
    seen = "" if accepted else "; ".join(filter(None, [answering.said(actor), ageing.lifetime(actor)]))
    expect(accepted, expected="the code to be accepted", seen=seen, missing=in_doubt)


@then("the code shown by the app is accepted")
@then("the code from the mail is accepted")
@then("the newest code from the mail is accepted")
def right_is_accepted(context: Any) -> None:
    """The positive control of a refusal."""
    actor = person(context, "she")
    answer = setting_up.confirm_after_refusal(actor)
    in_doubt = doubts.of_answer(actor)
    expect(answer.accepted, expected="the right code to be accepted", seen=answer.text, missing=in_doubt)


@then("a newly sent code is accepted")
def new_is_accepted(context: Any) -> None:
    """The positive control of an expired code."""
    actor = person(context, "she")
    if not setting_up.begun_again(actor):
        requesting.resend(actor)
    answer = answering.give_right(actor)
    in_doubt = doubts.of_answer(actor)
    expect(answer.accepted, expected="the newly sent code to be accepted", seen=answer.text, missing=in_doubt)


@then("the portal announces that two-factor sign-in is on")
def announces(context: Any) -> None:
    """Right after the confirmation."""
    actor = person(context, "she")
    said = belated.wait_for(actor, "announced_on")
    absent = ("notices.announced_on", *doubts.of_deeds(actor))
    expect(said, expected="the announcement that it is on", seen=actor.portal.page.title(), missing=absent)


@when("the code's {minutes:d} minutes are all but over")
def almost_over(context: Any, minutes: int) -> None:
    """One second is left where time can be held; where it runs, the few more that the portal needs to answer."""
    ageing.let_pass(person(context, "she"), 60 * minutes, under=True)


@when("the code's {minutes:d} minutes are just over")
def just_over(context: Any, minutes: int) -> None:
    """By one second."""
    ageing.let_pass(person(context, "she"), 60 * minutes, under=False)


@step("{time:Duration} pass")
def time_passes(context: Any, time: float) -> None:
    """For the account of the scenario, on the portal and on the phone."""
    codes.pass_time(person(context, "she"), time)

@area.help
Feature: Help on the way

  A customer who is locked out cannot sign in to ask for help, so help has to stand
  outside the lock. What is documented about two-factor sign-in has to be found from
  the portal.

  @clause.HELP-1 @should @requires.help-link
  Rule: The portal explains what two-factor authentication is

    Why: customers turn on what they understand.

    Scenario: The explanation can be found
      Given Ana has an account without two-factor sign-in
      When she looks for "what two-factor authentication is"
      Then she finds it

  @clause.HELP-2 @should @requires.turn-off-help-link
  Rule: The portal explains how to turn it off

    Why: the companion page is part of the documented procedure.

    Scenario: The way out is explained
      Given Ana has an account without two-factor sign-in
      When she looks for "how to turn it off"
      Then she finds it

  @clause.HELP-3 @should @requires.support-link
  Rule: A support ticket can be opened without a second factor

    Why: the customer who lost the phone is the one who needs the ticket.

    Scenario: Signed out, Ana finds the way to a support ticket
      Given Ana has an account without two-factor sign-in
      When she looks for "a support ticket"
      Then she finds it

    @requires.time-based-tokens
    Scenario: Asked for a code, Ana still finds the way to a support ticket
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      When she looks for "a support ticket" from there
      Then she finds it

  @clause.HELP-4 @should @requires.live-chat
  Rule: Live chat is announced

    Why: the help text names it as the second way to a person.

    Scenario: Signed out, Ana finds the live chat
      Given Ana has an account without two-factor sign-in
      When she looks for "the live chat"
      Then she finds it

@area.choosing-a-method @requires.turn-off @requires.time-based-tokens @requires.email-codes @needs.mailbox
Feature: Changing the method

  Phones are replaced and mailboxes given up, so a choice is not made for good. The
  help text has one way to change it: turn two-factor sign-in off, and turn it on
  again with the other method.

  @clause.METH-4 @implied
  Rule: The new method takes the place of the old one

    Why: a method that was given up and still counts is a way in that nobody watches.

    Scenario: Changed from the app to the mail, sign-in asks for mailed codes
      Given Ana uses two-factor sign-in with time-based tokens
      When she turns two-factor sign-in off and on again with email codes
      Then a fresh browser needs email codes to sign in as Ana

    Scenario: Changed from the mail to the app, sign-in asks for codes of the app
      Given Ana uses two-factor sign-in with email codes
      When she turns two-factor sign-in off and on again with time-based tokens
      Then a fresh browser needs time-based tokens to sign in as Ana

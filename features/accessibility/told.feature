@area.accessibility @requires.time-based-tokens
Feature: What is told to those who do not see it

  What changes on a screen is seen at a glance, or not at all. A screen reader tells
  it only where the portal marks it as news, or leads the person there.

  @norm.WCAG-4.1.3 @class.active
  Rule: The refusal of a code is told

    Why: who hears nothing waits, and tries the same code again.

    Scenario: In the set-up a refusal is told
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she gives a code that is not shown by the app
      Then the refusal is told to those who do not see it

    Scenario: At sign-in a refusal is told
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      When she gives a code that is not shown by the app
      Then the refusal is told to those who do not see it

  @norm.WCAG-4.1.3 @requires.turn-off
  Rule: That two-factor sign-in was turned off is told

    Why: whoever does not know whether it is on cannot rely on it.

    Scenario: Turning it off is told
      Given Ana uses two-factor sign-in with time-based tokens
      When she turns two-factor sign-in off
      Then that it is off is told to those who do not see it

  @norm.WCAG-1.1.1
  Rule: The QR code is named in words

    Why: a picture without a name is skipped, and the set-up seems to be empty.

    Scenario: The picture with the QR code has a name
      Given Ana has an account without two-factor sign-in
      When she has started to set up time-based tokens
      Then the picture with the QR code is named in words

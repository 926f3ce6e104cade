@area.accessibility @requires.time-based-tokens
Feature: Where a code goes

  A code has to get from one place to another before it runs out. Copying six digits
  by heart is a hurdle for many, so the way must be open for pasting and for tools
  that fill in, and it must stay plain what is wanted where.

  @norm.WCAG-3.3.8
  Rule: A code can be pasted, so that nobody has to copy it by heart

    Why: a code that has to be typed is a test of memory and of fingers.

    Scenario: In the set-up the code can be pasted
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she pastes the code shown by the app
      Then the whole code is in its place

    Scenario: At sign-in the code can be pasted
      Given Ana uses two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      And she pastes the code shown by the app
      Then the whole code is in its place

  @norm.WCAG-3.3.8 @requires.spaced-codes
  Rule: A code counts as the app shows it

    Why: apps show six digits in two groups, and that is how people keep them in mind and type them.

    Scenario: A code with a space in it signs in
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      When she gives the code shown by the app with a space in it
      Then the portal accepts the code

  @norm.WCAG-3.3.8
  Rule: Tools are not kept from filling a code in

    Why: phones and password managers know the code, and spare the work.

    Scenario: At sign-in a tool may fill the code in
      Given Ana uses two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      Then a tool may fill the code in for her

  @norm.WCAG-3.3.2
  Rule: Words that stay in sight say what belongs there

    Why: an example inside goes away with the first digit, and with it the question.

    Scenario: In the set-up words name the place for the code
      Given Ana has an account without two-factor sign-in
      When she has started to set up time-based tokens
      Then words in sight name the place for the code

    Scenario: At sign-in words name the place for the code
      Given Ana uses two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      Then words in sight name the place for the code

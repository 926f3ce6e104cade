@area.turning-it-off @requires.turn-off @requires.time-based-tokens
Feature: Turning two-factor sign-in off

  What can be turned on can be turned off, by the owner. The help text leaves the
  procedure to a companion page; these rules hold the portal to what that page
  promises.

  Background:
    Given Ana uses two-factor sign-in with time-based tokens

  @clause.HELP-2 @should
  Rule: The owner can turn two-factor sign-in off

    Why: a customer who changes phones or leaves the method must get out of it.

    Scenario: Once turned off, the password suffices again
      When she turns two-factor sign-in off
      Then two-factor sign-in is off
      And her account does not require a second factor

  @clause.HELP-2 @norm.ASVS-7.5.1 @should @requires.turn-off-password
  Rule: Turning it off takes the password

    Why: whoever finds an open browser must not be able to take the lock off.

    @class.active
    Scenario: With a wrong password it stays on, with the right one it goes off
      When she tries to turn two-factor sign-in off with a wrong password
      Then she is told that two-factor sign-in is on
      But with the right password she turns it off

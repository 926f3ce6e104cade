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
    Scenario Outline: With <which> password it stays on, with the right one it goes off
      When she tries to turn two-factor sign-in off with <which> password
      Then she is told that two-factor sign-in is on
      But with the right password she turns it off

      Examples:
        | which    |
        | a wrong  |
        | an empty |

  @clause.HELP-2 @should @requires.email-codes @needs.mailbox
  Rule: Email codes can be turned off as well

    Why: either method must have a way out.

    Scenario: Email codes once turned off, the password suffices again
      Given Ben uses two-factor sign-in with email codes
      When he turns two-factor sign-in off
      Then his account does not require a second factor

  @clause.HELP-2 @should @requires.several-methods @requires.time-based-tokens @requires.email-codes @needs.mailbox
  Rule: Methods that are on together are turned off together

    Why: a second method that is forgotten goes on asking for codes, and stays a way in.

    Scenario: With both methods on, turning two-factor sign-in off leaves neither
      Given she has turned on two-factor sign-in with email codes as well
      When she turns two-factor sign-in off
      Then two-factor sign-in is off
      And her account does not require a second factor

  @clause.PRE-6 @norm.NIST-3.1.4.1 @must @requires.backup-code
  Rule: What was handed over before serves no more once it is turned off

    Why: a phone that was given away and a code that was written down must become worthless.

    @class.active
    Scenario: Turned on again, the secret is new and the old backup code refused
      When she turns two-factor sign-in off and on again with time-based tokens
      And she signs in from a fresh browser
      And she gives the backup code from before
      Then the portal refuses the backup code
      And the new secret differs from the first
      But the next code shown by the app signs her in

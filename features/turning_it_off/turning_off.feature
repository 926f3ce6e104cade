@area.turning-it-off @requires.turn-off
Feature: Turning two-factor sign-in off

  What can be turned on can be turned off, by the owner. The help text leaves the
  procedure to a companion page; these rules hold the portal to what that page
  promises, for each of the methods that it offers.

  @clause.HELP-2 @should @requires.time-based-tokens
  Rule: The owner can turn two-factor sign-in off

    Why: a customer who changes phones or leaves the method must get out of it.

    Scenario: Once turned off, the password suffices again
      Given Ana uses two-factor sign-in with time-based tokens
      When she turns two-factor sign-in off
      Then two-factor sign-in is off
      And her account does not require a second factor

  @clause.HELP-2 @should @requires.email-codes @needs.mailbox
  Rule: Email codes can be turned off as well

    Why: either method must have a way out.

    Scenario: Email codes once turned off, the password suffices again
      Given Ana uses two-factor sign-in with email codes
      When she turns two-factor sign-in off
      Then two-factor sign-in is off
      And her account does not require a second factor

  @clause.HELP-2 @should @requires.several-methods @requires.time-based-tokens @requires.email-codes @needs.mailbox
  Rule: Methods that are on together are turned off together

    Why: a second method that is forgotten goes on asking for codes, and stays a way in.

    Scenario: With both methods on, turning two-factor sign-in off leaves neither
      Given Ana uses two-factor sign-in with time-based tokens
      And she has turned on two-factor sign-in with email codes as well
      When she turns two-factor sign-in off
      Then two-factor sign-in is off
      And her account does not require a second factor

  @clause.HELP-2 @norm.ASVS-7.5.1 @should @requires.turn-off-password
  Rule: Turning it off takes the password

    Why: whoever finds an open browser must not be able to take the lock off.

    @class.active
    Scenario Outline: With <which> password <method> stay on, with the right one they go off
      Given Ana uses two-factor sign-in with <method>
      When she tries to turn two-factor sign-in off with <which> password
      Then she is told that two-factor sign-in is on
      But with the right password she turns it off

      @requires.time-based-tokens
      Examples:
        | which    | method            |
        | a wrong  | time-based tokens |
        | an empty | time-based tokens |

      @requires.email-codes @needs.mailbox
      Examples:
        | which    | method      |
        | a wrong  | email codes |
        | an empty | email codes |

  @clause.PRE-6 @norm.NIST-3.1.4.1 @norm.NIST-4.5 @must @requires.backup-code
  Rule: What was handed over before serves no more once it is turned off

    Why: a phone that was given away and a code that was written down must become worthless.

    @requires.time-based-tokens @class.active
    Scenario: Turned on again, the secret is new and the old backup code refused
      Given Ana uses two-factor sign-in with time-based tokens
      When she turns two-factor sign-in off and on again with time-based tokens
      And she signs in from a fresh browser
      And she gives the backup code from before
      Then the portal refuses the backup code
      And the new secret differs from the first
      But the next code shown by the app signs her in

    @requires.email-codes @needs.mailbox @class.active
    Scenario: Turned on again with email codes, the old backup code is refused
      Given Ana uses two-factor sign-in with email codes
      When she turns two-factor sign-in off and on again with email codes
      And she signs in from a fresh browser
      And she gives the backup code from before
      Then the portal refuses the backup code
      But the newest code from the mail signs her in

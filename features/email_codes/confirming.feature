@area.email-codes @requires.email-codes @needs.mailbox
Feature: Confirming with a mailed code

  Giving the mailed code back shows that the customer reads the registered mailbox.
  Only then may the account depend on it.

  Background:
    Given Ana has an account without two-factor sign-in
    And she has started to set up email codes

  @clause.EMAIL-4 @must
  Rule: There is a place for the authorization code, and the code can be pasted into it

    Why: typing from one window to another is where digits get swapped.

    Scenario: The code from the mail can be pasted
      When she pastes the code from the mail
      Then the whole code is in its place

  @clause.EMAIL-6 @must
  Rule: The right code turns two-factor sign-in on

    Why: it is the point of the procedure.

    Scenario: The code from the mail turns it on
      When she gives the code from the mail
      Then the portal announces that two-factor sign-in is on
      And she is told that two-factor sign-in is on when she looks again

  @clause.EMAIL-7 @implied
  Rule: A wrong code turns nothing on

    Why: a set-up that takes any code locks out everyone who does not get the mail.

    @class.active
    Scenario Outline: In the set-up <what> is refused and the right one then accepted
      When she gives <what>
      Then the portal refuses the code
      But the code from the mail is accepted

      Examples:
        | what                       |
        | a code that was not mailed |
        | an empty code              |

    @class.active
    Scenario: After a wrong code two-factor sign-in is still off
      When she gives a code that was not mailed
      Then the portal refuses the code
      And two-factor sign-in is off
      And her account does not require a second factor

  @clause.EMAIL-8 @norm.ASVS-6.6.2 @must
  Rule: The code of the set-up signs nobody in

    Why: each sign-in asks for a code of its own.

    @class.active
    Scenario: The code of the set-up is refused at sign-in, a new one accepted
      When she gives the code from the mail
      And she signs in from a fresh browser
      And she gives the code she used before
      Then the portal refuses the code
      But the newest code from the mail signs her in

  @clause.EMAIL-9 @must @requires.backup-code
  Rule: A backup code is handed over at the end

    Why: a lost mailbox must not mean a lost account.

    Scenario: Turning email codes on yields a backup code
      When she gives the code from the mail
      Then she is given a backup code

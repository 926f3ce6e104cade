@area.backup-code @requires.backup-code
Feature: Handing over the backup code

  The backup code is the spare key. It is handed over when two-factor sign-in is
  turned on, to the customer who sits there and to nobody else, and only once.

  Background:
    Given Ana has an account without two-factor sign-in

  @clause.BACKUP-1 @norm.NIST-3.1.2.1 @must @requires.time-based-tokens @needs.mailbox
  Rule: With time-based tokens a backup code appears on the screen and is not mailed

    Why: a spare key in the mailbox is a key for whoever reads the mailbox.

    Scenario: The backup code is shown and no mail carries it
      When she has turned on two-factor sign-in with time-based tokens
      Then she is given a backup code
      And no mail carries her backup code

  @clause.BACKUP-1 @norm.NIST-3.1.2.1 @must @requires.email-codes @needs.mailbox
  Rule: With email codes a backup code appears on the screen and is not mailed

    Why: the spare key has to work when the mailbox does not.

    Scenario: The backup code is shown and no mail carries it, with email codes too
      When she has turned on two-factor sign-in with email codes
      Then she is given a backup code
      And no mail carries her backup code

  @clause.BACKUP-3 @should @requires.time-based-tokens
  Rule: The customer is advised to keep the backup code safe

    Why: a code that nobody wrote down helps nobody.

    Scenario: The advice stands beside the code
      When she has turned on two-factor sign-in with time-based tokens
      Then she is given a backup code
      And she is advised to keep it safe

  @clause.BACKUP-4 @norm.ASVS-14.2.6 @implied @requires.time-based-tokens
  Rule: The backup code is shown once

    Why: a spare key that can be looked up again can be looked up by others.

    Scenario: Looking again does not show the backup code
      Given she has turned on two-factor sign-in with time-based tokens
      And she is given a backup code
      When she looks at all her settings again
      Then her backup code is shown nowhere

@area.email-codes @requires.email-codes @requires.resend @needs.mailbox
Feature: Asking for the code again

  Mails get lost and codes run out, so the customer may ask for another one. From
  then on only the newest code may count, and its own ten minutes begin.

  Background:
    Given Ana has an account without two-factor sign-in
    And she has started to set up email codes

  @clause.EMAIL-1 @must
  Rule: Asking again brings another mail

    Why: who waits for a mail that was never sent takes the portal for broken, or the account.

    Scenario: A mail with a new code arrives
      Given she waits for her mail
      When she asks for the code once more
      Then 1 mail with a code reaches Ana

  @clause.EMAIL-1 @norm.ASVS-6.6.2 @must
  Rule: A new code replaces the one before

    Why: two codes that are good at once double the chance of a guess.

    @class.active
    Scenario: The older code is refused and the newer accepted
      Given she waits for her mail
      When she asks for a new code
      And she gives the older code
      Then the portal refuses the code
      But the newest code from the mail is accepted

  @clause.EMAIL-5b @norm.NIST-3.1.3.2 @must @needs.clock
  Rule: A new code has ten minutes of its own

    Why: counting from the first mail would cut the second one short.

    Scenario: The newer code outlives the first one's limit
      Given 9 minutes and 30 seconds pass
      And she asks for a new code
      When the code's 10 minutes are all but over
      And she gives the code from the mail
      Then the portal accepts the code

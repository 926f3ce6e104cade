@area.security @requires.email-codes @needs.failing-mail
Feature: When no code can be mailed

  Mail servers are away at times. What waits for a mail then has to stay as it was: a
  set-up that goes on locks its owner out, and a sign-in that goes on lets others in.

  @norm.ASVS-16.5.2 @needs.mailbox
  Rule: Where a code could not be mailed, nobody is asked for it

    Why: the customer waits for a mail that does not come, and cannot know that another try would help.

    Scenario: While no mail can be sent, the set-up does not begin, and afterwards it does
      Given Ana has an account without two-factor sign-in
      When she asks for the set-up of email codes while no mail can be sent
      Then she is asked for no authorization code
      And the portal answers without an error of its own
      But mails can be sent again
      And she starts the set-up of email codes again
      And 1 mail with a code reaches Ana

  @norm.ASVS-16.5.2
  Rule: A code that could not be mailed turns nothing on

    Why: who has shown that no mail arrives is locked out by codes that are mailed.

    Scenario: While no mail can be sent, asking for the set-up leaves two-factor sign-in off
      Given Ana has an account without two-factor sign-in
      When she asks for the set-up of email codes while no mail can be sent
      Then two-factor sign-in is off
      And her account does not require a second factor

  @norm.ASVS-16.5.2 @needs.mailbox
  Rule: A code that could not be mailed is not waived

    Why: whoever has the password need only wait for a day on which the mail fails.

    Scenario: While no mail can be sent, the password alone opens nothing
      Given Ana uses two-factor sign-in with email codes
      When she signs in from a fresh browser while no mail can be sent
      Then she is not signed in
      But mails can be sent again
      And a sign-in with a newly mailed code succeeds

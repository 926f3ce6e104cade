@area.security @requires.email-codes @needs.mailbox
Feature: What a mail with a code gives away

  A mail is read by more than its receiver: by filters that follow links, and by
  servers that keep a log. The code is for the customer's eyes.

  @norm.ASVS-14.2.1
  Rule: No link in the mail carries the code

    Why: filters follow links and use the code up, and addresses are kept in logs.

    Scenario: The code stands in no link
      Given Ana has an account without two-factor sign-in
      And she has started to set up email codes
      When she waits for her mail
      Then no link in the mail carries the code
      And the code from the mail is accepted

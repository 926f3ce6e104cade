@area.security @requires.email-codes @needs.mailbox
Feature: What a mail with a code gives away

  A mail is read by more than its receiver: by filters that follow links, and by
  servers that keep a log. The code is for the customer's eyes.

  @norm.WSTG-INPV-10 @norm.ASVS-1.2.1 @needs.any-name
  Rule: What a customer is called stays text in the mail

    Why: a name that is markup shows whatever its owner wants, to staff and to whoever is written to.

    Scenario: A name that is markup does not become part of the mail
      Given Ana has an account under a name that is markup
      And she has started to set up email codes
      When she waits for her mail
      Then nothing of her name has become markup in the mail
      And the code from the mail is accepted

  @norm.ASVS-14.2.1
  Rule: No link in the mail carries the code

    Why: filters follow links and use the code up, and addresses are kept in logs.

    Scenario: The code stands in no link
      Given Ana has an account without two-factor sign-in
      And she has started to set up email codes
      When she waits for her mail
      Then no link in the mail carries the code
      And the code from the mail is accepted

@area.email-codes @requires.email-codes @needs.mailbox
Feature: Sending a code by mail

  The mailed code is worth what its delivery is worth: it has to arrive, to arrive
  at the registered address and nowhere else, and to be easy to copy.

  Background:
    Given Ana has an account without two-factor sign-in
    And she has started to set up email codes

  @clause.EMAIL-1 @must
  Rule: Starting the set-up sends one code

    Why: without the mail the customer is stuck; with two, one of them is wrong.

    Scenario: One mail with a code arrives
      Then 1 mail with a code reaches Ana

  @clause.EMAIL-2 @must
  Rule: The code goes to the registered address and to no other

    Why: whoever else receives the code can take the account.

    @needs.two-accounts @class.two-user
    Scenario: Only the customer's own mailbox receives it
      Given Ben has an account without two-factor sign-in
      Then 1 mail with a code reaches Ana
      And it is addressed to Ana alone
      And no mail reaches Ben
      And the portal itself does not show the code

  @clause.EMAIL-3 @must
  Rule: The mail holds exactly one code, as text

    Why: customers copy it; a picture cannot be copied and two candidates mislead.

    Scenario: The plain and the formatted part carry the same single code
      When she waits for her mail
      Then the mail holds exactly one code
      And every part of the mail carries the same code

@area.choosing-a-method
Feature: The methods on offer

  Two methods are documented: codes from an authenticator app and codes by mail.
  They suit different people, so the customer chooses, and the choice is plain.

  Background:
    Given Ana has an account without two-factor sign-in
    And she is choosing a method

  @clause.METH-1 @must
  Rule: A choice of methods is offered

    Why: without a choice, the customer who has no phone is left out.

    Scenario: At least two methods are offered
      When she looks at the methods
      Then at least 2 methods are offered

  @clause.METH-2 @must @requires.time-based-tokens
  Rule: Time-based tokens are one of them

    Why: it is the first documented option.

    Scenario: Time-based tokens are offered under their name
      When she looks at the methods
      Then she is offered "Time Based Tokens"

  @clause.METH-3 @must @requires.email-codes
  Rule: Email codes are one of them

    Why: it is the second documented option.

    Scenario: Email codes are offered under their name
      When she looks at the methods
      Then she is offered "Email Two-Factor Authentication"

  @clause.METH-4 @implied @requires.method-selection @requires.time-based-tokens @requires.email-codes
  Rule: Exactly one method is chosen at a time

    Why: two chosen methods leave the customer unsure what sign-in will ask for.

    Scenario: Choosing the other method takes the first choice back
      When she chooses time-based tokens
      And she chooses email codes
      Then email codes are chosen
      And time-based tokens are not chosen

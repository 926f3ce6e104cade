@area.security @requires.demanded-factor
Feature: What lies behind a demand for a second factor

  Some portals let nobody get on without a second factor. Such a demand is worth what
  it keeps back: whoever can walk around it stays with one factor, and unseen.

  @norm.ASVS-2.3.1 @norm.WSTG-BUSL-06
  Rule: Until the second factor is set up, nothing else opens

    Why: a stolen password opens just those accounts whose owners never came as far as the set-up.

    Scenario: With the password alone no place opens past the demand
      Given Ana has an account without two-factor sign-in
      And she signs in from a fresh browser
      When she tries to reach the places behind the sign-in past the demand
      Then none of them opens
      But they open once she has set up what is demanded

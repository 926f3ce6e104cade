@area.security
Feature: What a new backup code ends, and who may ask for it

  A paper was lost, so the customer has a new code made. The lost one must be worth
  nothing then, and nobody who merely found an open browser may do the same.

  Background:
    Given Ana has turned on two-factor sign-in with time-based tokens

  @norm.ASVS-6.5.6 @norm.NIST-4.2.1.1 @requires.time-based-tokens @requires.new-backup-code @class.active
  Rule: A new backup code ends the one before

    Why: the lost one is the reason for the new one.

    Scenario: The backup code from before is refused and the new one signs in
      Given she has a new backup code made
      When she signs in from a fresh browser
      And she gives the backup code from before
      Then the portal refuses the backup code
      But her own backup code signs her in

  @norm.ASVS-7.5.1 @requires.time-based-tokens @requires.new-backup-code @requires.turn-off-password @class.active
  Rule: A new backup code takes the password

    Why: whoever sits down at an open browser would take a spare key along.

    Scenario: With a wrong password no new backup code is made
      When she asks for a new backup code with a wrong password
      Then she is shown no new backup code
      And her backup code still signs her in

  @norm.ASVS-6.4.4 @requires.time-based-tokens @requires.backup-code @requires.turn-off @requires.turn-off-password
  Rule: Whoever came in with the backup code can turn two-factor sign-in off

    Why: the phone is gone, so it is the only way to begin anew.

    Scenario: Signed in with the backup code she turns it off
      Given she has signed in from a fresh browser with her backup code
      When she turns two-factor sign-in off
      Then her account does not require a second factor

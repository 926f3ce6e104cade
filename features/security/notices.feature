@area.security
Feature: Word of what happened to the second factor

  Whoever takes an account over turns the second factor off, or on with an app of
  their own. The owner learns of it only by another way, and in time.

  @norm.ASVS-6.3.7 @norm.NIST-4.1.2.1 @requires.time-based-tokens @needs.mailbox
  Rule: The customer is told that two-factor sign-in was turned on

    Why: somebody else's app on the account locks its owner out.

    Scenario: A mail tells that it was turned on
      Given Ana has an account without two-factor sign-in
      When she has turned on two-factor sign-in with time-based tokens
      Then a mail tells her that something happened

  @norm.ASVS-6.3.7 @norm.NIST-4.6 @requires.time-based-tokens @requires.turn-off @needs.mailbox
  Rule: The customer is told that two-factor sign-in was turned off

    Why: that is what a thief does first.

    Scenario: A mail tells that it was turned off
      Given Ana has turned on two-factor sign-in with time-based tokens
      And she has read her mails
      When she turns two-factor sign-in off
      Then a mail tells her that something happened

  @norm.ASVS-6.3.7 @norm.NIST-4.2.3 @requires.time-based-tokens @requires.backup-code @needs.mailbox
  Rule: The customer is told that a backup code was used

    Why: it is the way in for whoever found the paper that it stands on.

    Scenario: A mail tells that the backup code was used
      Given Ana has turned on two-factor sign-in with time-based tokens
      And she has read her mails
      When she has signed in from a fresh browser with her backup code
      Then a mail tells her that something happened

  @norm.ASVS-6.3.7 @norm.NIST-4.2.1.1 @requires.time-based-tokens @requires.new-backup-code @needs.mailbox
  Rule: The customer is told that a new backup code was made

    Why: a thief makes one to come back.

    Scenario: A mail tells that a new backup code was made
      Given Ana has turned on two-factor sign-in with time-based tokens
      And she has read her mails
      When she has a new backup code made
      Then a mail tells her that something happened

@area.backup-code @requires.backup-code
Feature: Signing in with the backup code

  The spare key has to turn in the lock. It is proven by signing in with it, and
  it is proven to be used up by trying it a second time.

  @clause.BACKUP-2 @must @requires.time-based-tokens
  Rule: The backup code signs in when the app is out of reach

    Why: a code that is shown and never works is found out on the worst day.

    Scenario: Where a code of the app is asked for, there is a way for the backup code
      Given Ana uses two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      Then she is offered a way to give her backup code

    Scenario: Without the app the backup code signs in
      Given Ana has turned on two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      And she gives her backup code
      Then she is signed in

  @clause.BACKUP-2 @must @requires.email-codes @needs.mailbox
  Rule: The backup code signs in when the mailbox is out of reach

    Why: it replaces either method.

    Scenario: Without the mail the backup code signs in
      Given Ana has turned on two-factor sign-in with email codes
      When she signs in from a fresh browser
      And she gives her backup code
      Then she is signed in

  @clause.BACKUP-2 @must @requires.time-based-tokens
  Rule: Only the customer's backup code signs in

    Why: a spare key that any bit of metal can replace is no key.

    @class.active
    Scenario: A wrong backup code is refused and the right one signs in
      Given Ana has turned on two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      And she gives a backup code that is not hers
      Then the portal refuses the backup code
      But her own backup code signs her in

  @clause.BACKUP-2 @must @requires.time-based-tokens @requires.any-case
  Rule: The backup code signs in as it was written down

    Why: it is copied by hand, and whoever needs it cannot look up how it was shown.

    Scenario: In small letters without dashes the backup code signs in
      Given Ana has turned on two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      And she gives her backup code in small letters without dashes
      Then she is signed in

  @clause.BACKUP-5 @norm.NIST-3.1.2.2 @implied @requires.time-based-tokens
  Rule: A backup code works once

    Why: a spare key that was used may have been seen.

    @class.active
    Scenario: The used backup code is refused and the app still signs in
      Given Ana has turned on two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her backup code
      When she signs in from a fresh browser
      And she gives the backup code she used before
      Then the portal refuses the backup code
      But the next code shown by the app signs her in

  @clause.BACKUP-5 @implied @requires.time-based-tokens @requires.backup-replacement
  Rule: A used backup code is replaced at once

    Why: a customer without a spare key is one lost phone away from losing the account.

    Scenario: The replacement is shown, differs, and works
      Given Ana has turned on two-factor sign-in with time-based tokens
      When she has signed in from a fresh browser with her backup code
      Then she is given a new backup code that differs
      And the new backup code signs her in from a fresh browser

@area.security
Feature: What the browser keeps, and what it must not

  A browser remembers: storage, cookies, copies of what it has shown, addresses. What
  it keeps is there for the next person at the same desk, for an extension, and for
  a script that got in. Secrets, passwords and codes are not for keeping.

  @norm.ASVS-14.3.3 @norm.WSTG-CLNT-12 @requires.time-based-tokens
  Rule: Neither secret nor password is left in storage or cookies

    Why: what lies in the browser is read by every script that gets into one page.

    Scenario: While the app is set up, the secret lies nowhere in the browser
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then her browser keeps her secret nowhere

    Scenario: While a code is asked for, the password lies nowhere in the browser
      Given Ana uses two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      Then her browser keeps her password nowhere
      And the code shown by the app signs her in

  @norm.ASVS-14.3.3 @norm.WSTG-CLNT-12 @requires.email-codes @needs.mailbox
  Rule: No mailed code is in the browser before it is typed

    Why: who has the browser would not need the mailbox.

    Scenario: While the mailed code is asked for, it lies nowhere in the browser
      Given Ana has an account without two-factor sign-in
      And she has started to set up email codes
      When she waits for her mail
      Then her browser keeps the mailed code nowhere
      And the code from the mail is accepted

  @norm.ASVS-14.3.2 @norm.WSTG-ATHN-06 @requires.time-based-tokens
  Rule: What shows a secret may not be kept

    Why: a copy in the browser's memory outlives the sign-in, and the way back leads to it.

    Scenario: The QR code and its secret may not be kept
      Given Ana has an account without two-factor sign-in
      And what her browser asks and is answered is noted
      And she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then no answer with her secret may be kept

    @requires.backup-code
    Scenario: The backup code may not be kept
      Given Ana has an account without two-factor sign-in
      And what her browser asks and is answered is noted
      When she has turned on two-factor sign-in with time-based tokens
      Then no answer with her backup code may be kept

  @norm.ASVS-14.3.1 @norm.WSTG-ATHN-06 @requires.sign-out
  Rule: What a customer looked at is gone when the customer is

    Why: the next person at the same desk goes back once and reads along.

    Scenario: Going back after the sign-out shows nothing of the customer's
      Given Ana has an account without two-factor sign-in
      And Ana is signed in
      When she signs out and goes back
      Then nothing of her account is shown
      But with the right password she is signed in

  @norm.ASVS-14.2.1 @requires.time-based-tokens
  Rule: No address carries a code

    Why: addresses are kept in histories and logs, and told to the next site.

    Scenario: Turning it on and signing in leave no code in an address
      Given Ana has an account without two-factor sign-in
      And what her browser asks and is answered is noted
      When she has turned on two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      Then none of her codes stands in an address

  @norm.ASVS-14.2.3 @requires.time-based-tokens
  Rule: No stranger learns of a secret's being shown

    Why: whoever serves a picture or a script to that place can read along.

    Scenario: From the QR code to the backup code only the portal is asked for anything
      Given Ana has an account without two-factor sign-in
      And what her browser asks and is answered is noted
      When she has turned on two-factor sign-in with time-based tokens
      Then nobody but the portal was asked for anything

@area.journey
Feature: Turning two-factor sign-in on, from the front door to the backup code

  These are the two walks that the help text describes, each from signing in to
  the backup code. They prove that the documented steps hang together; the other
  features look at each step more closely.

  @clause.NAV-10 @clause.TOTP-3 @clause.PRE-1 @implied @requires.free-choice @requires.time-based-tokens @requires.backup-code
  Rule: The documented steps for time-based tokens lead to an account that is protected

    Why: a help text is a promise; a step that is missing from it strands the customer.

    @journey
    Scenario: Ana turns on time-based tokens by the help text
      Given Ana has an account without two-factor sign-in
      And she has an authenticator app on her phone
      When she signs in with her password
      And she opens the menu behind her name
      And she goes to "Security Settings"
      And she goes to "Two-Factor Authentication"
      And she asks to turn it on
      And she starts to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      And she gives the code shown by the app
      Then two-factor sign-in is on
      And she is given a backup code
      And a fresh browser needs time-based tokens to sign in as Ana

  @clause.NAV-10 @implied @requires.free-choice @requires.email-codes @requires.backup-code @needs.mailbox
  Rule: The documented steps for email codes lead to an account that is protected

    Why: the same promise, made to customers who have no authenticator app.

    @journey
    Scenario: Ana turns on email codes by the help text
      Given Ana has an account without two-factor sign-in
      When she signs in with her password
      And she opens the menu behind her name
      And she goes to "Security Settings"
      And she goes to "Two-Factor Authentication"
      And she asks to turn it on
      And she starts to set up email codes
      And she gives the code from the mail
      Then two-factor sign-in is on
      And she is given a backup code
      And a fresh browser needs email codes to sign in as Ana

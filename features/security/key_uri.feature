@area.security @requires.time-based-tokens
Feature: What the QR code tells the app

  A QR code carries more than the secret: whose it is, and how the app has to count.
  The app believes all of it, so what is missing or wrong there shows much later.

  Background:
    Given Ana has an account without two-factor sign-in
    And she has started to set up time-based tokens

  @norm.KEYURI-label
  Rule: The app is told whose codes these are

    Why: with several accounts in one app, a code without a name is tried at the wrong portal.

    Scenario: Portal and account have their names in the QR code
      When she scans the portal's QR code with her authenticator app
      Then the QR code names the portal and the account

  @norm.RFC6238-4.1
  Rule: Each code of the app is for thirty seconds

    Why: most apps know no other step, and show codes that never fit.

    Scenario: The QR code asks for thirty seconds
      When she scans the portal's QR code with her authenticator app
      Then the QR code asks for codes of 30 seconds

@area.choosing-a-method
Feature: Starting the set-up of the chosen method

  Choosing a method is not yet using it. The set-up that starts is that of the
  chosen method, and whoever turns back has changed nothing.

  Background:
    Given Ana has an account without two-factor sign-in
    And she is choosing a method

  @clause.METH-7 @must @requires.time-based-tokens
  Rule: Get Started begins the set-up of the chosen method

    Why: the help text continues behind this step.

    Scenario: The set-up of time-based tokens begins
      When she asks for the set-up of time-based tokens
      Then she is shown a QR code

  @clause.METH-7 @must @requires.email-codes
  Rule: Get Started begins the set-up of email codes as well

    Why: both documented options continue behind the same step.

    Scenario: The set-up of email codes begins
      When she asks for the set-up of email codes
      Then she is asked for an authorization code

  @clause.METH-5 @must @requires.time-based-tokens @needs.mailbox
  Rule: Time-based tokens are set up without any mail

    Why: a mail that nobody asked for looks like an attack.

    Scenario: Setting up time-based tokens shows a QR code and sends nothing
      When she starts to set up time-based tokens
      Then she is shown a QR code
      And no mail reaches Ana

  @clause.METH-5 @must @requires.email-codes @needs.mailbox
  Rule: Email codes are set up without a QR code

    Why: instructions of the other method send the customer astray.

    Scenario: Setting up email codes sends a mail and shows no QR code
      When she starts to set up email codes
      Then 1 mail with a code reaches Ana
      And she is shown no QR code

  @clause.METH-6 @implied
  Rule: Turning back leaves two-factor sign-in off

    Why: an account that was locked by a set-up that nobody finished is a support case.

    Scenario: Looking at the choice changes nothing
      When she goes away without choosing
      Then two-factor sign-in is off
      And her account does not require a second factor

    @requires.time-based-tokens @requires.cancel
    Scenario: Cancelling the set-up of time-based tokens changes nothing
      Given she starts to set up time-based tokens
      When she cancels
      Then two-factor sign-in is off
      And her account does not require a second factor

    @requires.email-codes @requires.cancel
    Scenario: Cancelling the set-up of email codes changes nothing
      Given she starts to set up email codes
      When she cancels
      Then two-factor sign-in is off
      And her account does not require a second factor

    @requires.time-based-tokens
    Scenario: Scanning the QR code and going away changes nothing
      Given she starts to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she goes away in the middle of the set-up
      Then two-factor sign-in is off
      And her account does not require a second factor

    @requires.email-codes
    Scenario: Asking for a mailed code and going away changes nothing
      Given she starts to set up email codes
      When she goes away in the middle of the set-up
      Then two-factor sign-in is off
      And her account does not require a second factor

    @requires.time-based-tokens
    Scenario Outline: Scanning the QR code and <leaving> changes nothing
      Given she starts to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she leaves the set-up by <leaving>
      Then two-factor sign-in is off
      And her account does not require a second factor

      Examples:
        | leaving          |
        | loading it again |
        | pressing Escape  |
        | closing the tab  |

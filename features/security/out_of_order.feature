@area.security
Feature: Steps in their order

  A set-up and a sign-in are made of steps, and browsers can go back, wait, and send
  what was on an earlier screen. Each step counts only where it follows the one before.

  @norm.ASVS-2.3.1 @requires.time-based-tokens @requires.cancel
  Rule: A set-up that was cancelled is over

    Why: what a customer turned down would be turned on by whoever goes back at the same desk.

    Scenario: Going back and giving the code turns nothing on
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she cancels, goes back, and gives the code shown by the app
      Then two-factor sign-in is off
      And her account does not require a second factor

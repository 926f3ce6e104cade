@area.security
Feature: Steps in their order

  A set-up and a sign-in are made of steps, and browsers can go back, wait, and send
  what was on an earlier screen. Each step counts only where it follows the one before.

  @norm.ASVS-2.3.1 @norm.WSTG-BUSL-06 @requires.time-based-tokens @requires.cancel
  Rule: A set-up that was cancelled is over

    Why: what a customer turned down would be turned on by whoever goes back at the same desk.

    Scenario: Going back and giving the code turns nothing on
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she cancels, goes back, and gives the code shown by the app
      Then two-factor sign-in is off
      And her account does not require a second factor

  @norm.ASVS-2.3.3 @requires.time-based-tokens @class.active
  Rule: Of two set-ups at once only one that was confirmed counts

    Why: with the picture of the one and the secret of the other, no app opens the account any more.

    Scenario: Of two apps that are set up at once, one that was confirmed signs in
      Given Ana has an account without two-factor sign-in
      When she sets up time-based tokens in two browsers at once
      Then just one of the two apps signs her in
      And it is one that was confirmed

  @norm.ASVS-7.3.1 @requires.time-based-tokens @needs.movable-clock
  Rule: A sign-in does not wait for its code for ever

    Why: whoever comes to the desk later finds the first half done.

    Scenario: Half an hour after the password the code signs nobody in
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      When she gives the code shown by the app 30 minutes later
      Then she is not signed in
      But a complete sign-in succeeds

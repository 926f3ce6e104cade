@area.time-based-tokens @requires.time-based-tokens
Feature: Offering the secret to the authenticator app

  The portal and the app must come to share one secret. It travels from the screen
  to the phone's camera, so what counts is what a camera sees, on any screen; and
  it travels once.

  Background:
    Given Ana has an account without two-factor sign-in

  @clause.TOTP-1 @must
  Rule: A QR code is shown

    Why: scanning is the only documented way to connect the app.

    Scenario: The picture on the screen is a readable QR code
      Given she has started to set up time-based tokens
      When she looks at the QR code
      Then her authenticator app can read it

  @clause.TOTP-2 @must
  Rule: The QR code can be scanned from any usual screen

    Why: sharp and coarse screens and dark displays are all in use, and the camera sees what they show.

    Scenario Outline: A <scheme> screen with <density> pixels per dot can be scanned
      Given Ana has a <scheme> screen with <density> pixels per dot
      And she has started to set up time-based tokens
      When she looks at the QR code
      Then her authenticator app can read it

      Examples:
        | scheme | density |
        | light  | 1       |
        | light  | 2       |
        | dark   | 1       |
        | dark   | 2       |

  @clause.TOTP-2a @implied
  Rule: What the QR code carries is a time-based secret of sufficient strength

    Why: a secret below 128 bits can be guessed; RFC 4226 asks for more.

    Scenario: The secret is time-based, well-formed and strong
      Given she has started to set up time-based tokens
      When she looks at the QR code
      Then the QR code names a time-based secret
      And the secret has at least 128 bits
      And the QR code names the portal and the account

  @clause.TOTP-2b @implied @requires.manual-key
  Rule: The key for typing is the secret in the QR code

    Why: a customer without a camera would otherwise link the app to nothing.

    Scenario: The typed key and the scanned secret are the same
      Given she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then the key shown for typing equals the scanned secret

  @clause.PRE-6 @must
  Rule: The secret is offered during the set-up only

    Why: whoever can see the secret later can copy the second factor.

    @norm.ASVS-14.2.6
    Scenario: The secret is not shown once two-factor sign-in is on
      Given she has turned on two-factor sign-in with time-based tokens
      When she looks at all her settings again
      Then her secret is shown nowhere

    @norm.ASVS-14.2.1
    Scenario: The secret stands in no address
      Given she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then no address that the portal uses carries her secret

    Scenario: Every set-up offers a secret of its own
      Given she has started to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she goes away in the middle of the set-up
      And she starts the set-up of time-based tokens again
      And she scans the new QR code with her authenticator app
      Then the new secret differs from the first

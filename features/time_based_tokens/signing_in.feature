@area.time-based-tokens @requires.time-based-tokens
Feature: Signing in with time-based tokens

  What was turned on must hold: in another browser, on another day, and for anyone
  who knows the password but has no phone. Only what cannot be reached without the
  code proves that the code is needed.

  Background:
    Given Ana uses two-factor sign-in with time-based tokens

  @clause.TOTP-6 @norm.NIST-2.2.1 @implied
  Rule: The password alone opens nothing

    Why: a challenge that can be walked around is decoration.

    Scenario: A fresh browser is asked for a code
      When she signs in from a fresh browser
      Then she is asked for a code from her app
      And she is not signed in

    @norm.ASVS-8.3.1 @norm.WSTG-ATHN-04
    Scenario: No place behind the sign-in opens before the code is given
      Given she signs in from a fresh browser
      And she is asked for a code from her app
      When she tries to reach the places behind the sign-in
      Then none of them opens
      But the code shown by the app signs her in and they open

  @clause.TOTP-7 @implied
  Rule: The code shown by the app completes the sign-in

    Why: otherwise turning it on would have locked the customer out.

    @class.active
    Scenario Outline: At sign-in <what> is refused and the present code signs in
      Given she signs in from a fresh browser
      When she gives <what>
      Then the portal refuses the code
      And she is not signed in
      But the code shown by the app signs her in

      Examples:
        | what                                |
        | a code that is not shown by the app |

      @norm.ASVS-16.5.3
      Examples:
        | what              |
        | an empty code     |
        | a code of letters |

    @needs.movable-clock
    Scenario: On another day a code is asked for again
      Given she has signed in from a fresh browser with her code
      When 24 hours pass
      And she signs in from a fresh browser
      Then she is asked for a code from her app
      And the code shown by the app signs her in

  @clause.PRE-2 @norm.ASVS-6.5.5 @norm.NIST-3.1.4.2 @norm.RFC6238-6 @must
  Rule: At sign-in, too, the codes that count are those of the present moment

    Why: the set-up and the sign-in judge codes at two places, and one may be strict while the other is not.

    @class.active
    Scenario: A phone that is three minutes ahead signs nobody in, and one that is right does
      Given she signs in from a fresh browser
      When she gives the app's code of 3 minutes ahead
      Then the portal refuses the code
      And she is not signed in
      But the code shown by the app signs her in

  @clause.PRE-2 @norm.NIST-3.1.4.2 @norm.NIST-3.2.7 @norm.RFC6238-5.2 @must
  Rule: A code serves once

    Why: RFC 6238 section 5.2 forbids a second use; a code that was watched must be worthless.

    @class.active
    Scenario: The code of a finished sign-in is refused, the next one accepted
      Given she has signed in from a fresh browser with her code
      When she signs in from a fresh browser
      And she gives the code she used before
      Then the portal refuses the code
      But the next code shown by the app signs her in

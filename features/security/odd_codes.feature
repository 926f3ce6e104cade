@area.security @requires.time-based-tokens @class.active
Feature: Codes that nobody expects

  Where a code goes, anything can be typed. Whatever it is, it is a wrong code and no
  more: it brings nothing down, tells nothing of what is inside, and stays text.

  Background:
    Given Ana uses two-factor sign-in with time-based tokens
    And she signs in from a fresh browser
    And what her browser asks and is answered is noted

  @norm.ASVS-16.5.1 @norm.WSTG-ERRH-01
  Rule: An odd code is answered as a wrong one, without an error of the portal

    Why: an error tells an attacker where to press on, and a customer nothing.

    Scenario Outline: <what> brings no error, and the right code then signs in
      When she gives <what> for a code
      Then the portal answers without an error of its own
      But a sign-in with the code shown by the app succeeds

      Examples:
        | what                      |
        | a code of a thousand digits |
        | a code with a zero byte   |
        | a code of little pictures |
        | a code of Arabic digits   |

  @norm.ASVS-1.2.1
  Rule: What was typed for a code stays text

    Why: what one customer can be made to type would run with that customer's rights.

    Scenario: Markup for a code does not become part of what is shown
      When she gives markup for a code
      Then nothing of it has become markup
      But a sign-in with the code shown by the app succeeds

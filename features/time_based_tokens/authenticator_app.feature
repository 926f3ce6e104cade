@area.time-based-tokens @requires.time-based-tokens
Feature: The authenticator app

  Time-based tokens come from an app on the customer's phone. The help text names
  Google Authenticator, so what the portal offers must work with that app as it is,
  which takes only the default parameters of the key URI.

  Background:
    Given Ana has an account without two-factor sign-in

  @clause.PRE-1 @norm.ASVS-16.5.3 @must
  Rule: Time-based tokens cannot be turned on without an authenticator app

    Why: the app is the second factor; a set-up that works without it proves nothing.

    @class.active
    Scenario: Without an app there is no code to give, and nothing is turned on
      Given she has started to set up time-based tokens
      When she gives an empty code
      Then the portal refuses the code
      And two-factor sign-in is off
      And her account does not require a second factor

  @clause.PRE-2 @norm.ASVS-6.5.5 @norm.NIST-3.1.4.2 @norm.RFC6238-6 @must
  Rule: The codes that count are those of the present moment

    Why: a code that stays good for long can be read over a shoulder and used later.

    @class.active
    Scenario Outline: A code <when> is refused and the present one accepted
      Given she has started to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      When she gives the app's code of <when>
      Then the portal refuses the code
      But the code shown by the app is accepted

      Examples:
        | when             |
        | 10 minutes ahead |
        | 3 minutes ahead  |
        | 3 minutes ago    |
        | 10 minutes ago   |

  @clause.PRE-2 @norm.NIST-3.1.4.2 @norm.RFC6238-5.2 @must
  Rule: The code that confirmed the set-up has served, and signs nobody in

    Why: whoever watched the set-up would otherwise hold a code for the next half minute.

    @class.active
    Scenario: The code of the set-up is refused at sign-in, the next one accepted
      Given she has turned on two-factor sign-in with time-based tokens
      When she signs in from a fresh browser
      And she gives the code she used before
      Then the portal refuses the code
      But the next code shown by the app signs her in

  @clause.PRE-3 @clause.PRE-4 @should @requires.store-links
  Rule: Where the portal names the app, it leads to the genuine one

    Why: a look-alike app would read every secret that the customer scans.

    Scenario Outline: The link for <system> leads to the genuine app
      When she is choosing a method
      Then the app for <system> is the genuine Google Authenticator

      Examples:
        | system  |
        | Android |
        | iOS     |

  @clause.PRE-5 @norm.KEYURI-parameters @implied
  Rule: The named app shows the right codes for what the portal offers

    Why: Google Authenticator ignores any other hash, length or period and shows codes that never fit.

    Scenario: The secret comes with the parameters that the app knows
      Given she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then the QR code asks for SHA-1, 6 digits and 30 seconds

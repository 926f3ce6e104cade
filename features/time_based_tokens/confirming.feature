@area.time-based-tokens @requires.time-based-tokens
Feature: Confirming an authenticator app

  Two-factor sign-in starts only when the customer has shown, with a code from the
  app, that the app holds the same secret as the portal. The help text jumps over
  this step; without it, a failed scan locks the account for good.

  Background:
    Given Ana has an account without two-factor sign-in
    And she has started to set up time-based tokens
    And she scans the portal's QR code with her authenticator app

  @clause.TOTP-4 @implied
  Rule: Two-factor sign-in stays off until a correct code is given

    Why: an account switched on by scanning alone can lock its owner out.

    @class.active
    Scenario Outline: <what> is refused, and the code of the app then accepted
      When she gives <what>
      Then the portal refuses the code
      But the code shown by the app is accepted

      Examples:
        | what                                |
        | a code that is not shown by the app |
        | a code of another secret            |
        | an empty code                       |
        | a code of letters                   |

      @norm.RFC4226-5.3
      Examples:
        | what                           |
        | a code that is one digit short |

      Examples:
        | what                          |
        | a code that is one digit long |

    @class.active
    Scenario: After a wrong code two-factor sign-in is still off
      When she gives a code that is not shown by the app
      Then the portal refuses the code
      And two-factor sign-in is off
      And her account does not require a second factor

  @clause.TOTP-3 @norm.RFC6238-3 @must
  Rule: Scanning links the app to the account

    Why: the codes of the scanned secret are the ones that sign-in will ask for.

    Scenario: The scanned secret turns two-factor sign-in on and opens the account later
      When she gives the code shown by the app
      And she signs in from a fresh browser
      Then she is asked for a code from her app
      And the next code shown by the app signs her in

  @clause.TOTP-5 @must
  Rule: The portal says that two-factor sign-in is on

    Why: a customer who is unsure starts again, and loses the first secret.

    Scenario: The confirmation is announced and the settings agree
      When she gives the code shown by the app
      Then the portal announces that two-factor sign-in is on
      And she is told that two-factor sign-in is on when she looks again

  @clause.TOTP-8 @must @requires.backup-code
  Rule: A backup code is handed over at the end

    Why: a lost phone must not mean a lost account.

    Scenario: Turning time-based tokens on yields a backup code
      When she gives the code shown by the app
      Then she is given a backup code

@area.security
Feature: How hard a code is to guess

  What is mailed and handed over is made by the portal alone, so nobody but the portal
  decides how long it is, whether chance made it, and what else carries it.

  @norm.ASVS-6.5.4 @norm.NIST-3.1.3.2 @requires.email-codes @needs.mailbox
  Rule: A mailed code has at least six digits

    Why: of four digits one guess in two thousand is right with five tries.

    Scenario: The mailed code is long enough
      Given Ana has an account without two-factor sign-in
      When she has started to set up email codes
      Then a code of at least 6 digits is mailed to her

  @norm.ASVS-6.5.3 @requires.email-codes @needs.mailbox @needs.movable-clock
  Rule: Mailed codes follow no count

    Why: whoever can have one mailed to himself would know the next one of somebody else.

    Scenario: Eight codes in a row are no neighbours
      Given Ana uses two-factor sign-in with email codes
      When 8 sign-ins of hers are mailed a code
      Then these codes do not follow each other

  @norm.RFC4226-4 @requires.time-based-tokens
  Rule: The secret of the app holds at least 128 bits

    Why: whoever has seen a code or two finds a short secret by trying, and with it all codes to come.

    Scenario: The secret is long enough
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then the secret has at least 128 bits

  @norm.RFC6238-5.1 @requires.time-based-tokens
  Rule: The secret of the app is as long as what its hash gives

    Why: SHA-1 gives 160 bits, and a shorter secret is the weakest part of the computation.

    Scenario: The secret is as long as recommended
      Given Ana has an account without two-factor sign-in
      And she has started to set up time-based tokens
      When she scans the portal's QR code with her authenticator app
      Then the secret has at least 160 bits

  @norm.NIST-4.2.1.1 @requires.time-based-tokens @requires.backup-code
  Rule: A backup code holds at least 64 bits

    Why: it is never changed until it is used, so there is time to guess it.

    Scenario: The backup code is long enough
      Given Ana has an account without two-factor sign-in
      When she confirms the set-up of time-based tokens
      Then a backup code of at least 64 bits is handed over

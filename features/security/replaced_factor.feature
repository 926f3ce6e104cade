@area.security
Feature: What a factor is worth after it was replaced

  Phones are lost and sold, and customers turn two-factor sign-in off and on again
  to be rid of the old one. What is gone from the settings must be gone for good.

  @norm.ASVS-6.5.6 @norm.NIST-3.1.4.1 @norm.NIST-4.5 @requires.time-based-tokens @requires.turn-off
  Rule: An app that was unlinked opens nothing any more

    Why: the finder of an old phone would sign in with it for ever.

    @class.active
    Scenario: The app from before is refused and the app linked since signs in
      Given Ana has turned on two-factor sign-in with time-based tokens
      When she turns two-factor sign-in off and on again with time-based tokens
      And she signs in from a fresh browser
      And she gives a code of the app from before
      Then the portal refuses the code
      But the code shown by the app signs her in

@area.email-codes @requires.email-codes @needs.mailbox
Feature: Signing in with email codes

  Each sign-in sends a code of its own to the registered address. A code that was
  used, or that has grown old, opens nothing.

  Background:
    Given Ana uses two-factor sign-in with email codes

  @clause.EMAIL-8 @must
  Rule: After the password a new mailed code is needed

    Why: this is what the customer turned it on for.

    Scenario: A fresh browser needs a new mailed code
      When she signs in from a fresh browser
      Then she is asked for a mailed code
      And 1 mail with a code reaches Ana
      And the code from the mail signs her in

    @norm.ASVS-8.3.1 @norm.WSTG-ATHN-04
    Scenario: No place behind the sign-in opens before the code is given
      Given she signs in from a fresh browser
      And she is asked for a mailed code
      When she tries to reach the places behind the sign-in
      Then none of them opens
      But the code from the mail signs her in and they open

    @class.active
    Scenario Outline: At sign-in <what> is refused and the mailed code signs in
      Given she signs in from a fresh browser
      When she gives <what>
      Then the portal refuses the code
      And she is not signed in
      But the code from the mail signs her in

      Examples:
        | what                       |
        | a code that was not mailed |

      @norm.ASVS-16.5.3
      Examples:
        | what          |
        | an empty code |

  @clause.EMAIL-8 @norm.ASVS-6.6.2 @must @requires.resend
  Rule: At sign-in, too, a new code replaces the one before

    Why: two codes that are good at once double the chance of a guess.

    @class.active
    Scenario: At sign-in the older code is refused and the newer accepted
      Given she signs in from a fresh browser
      And she waits for her mail
      When she asks for a new code
      And she gives the older code
      Then the portal refuses the code
      But the newest code from the mail signs her in

  @clause.EMAIL-5b @must @needs.clock
  Rule: At sign-in, too, a mailed code lives for ten minutes

    Why: the documented limit is that of the code, wherever it is asked for.

    Scenario: A code that is a second short of ten minutes old signs in
      Given she signs in from a fresh browser
      And she waits for her mail
      When the code's 10 minutes are all but over
      And she gives the code from the mail
      Then the portal accepts the code

  @clause.EMAIL-8 @norm.ASVS-6.5.1 @norm.NIST-3.2.7 @must
  Rule: A mailed code serves one sign-in

    Why: a mailbox keeps old codes for years.

    @class.active
    Scenario: The code of the last sign-in is refused, the new one accepted
      Given she has signed in from a fresh browser with her code
      When she signs in from a fresh browser
      And she gives the code she used before
      Then the portal refuses the code
      But the newest code from the mail signs her in

  @clause.EMAIL-5c @norm.ASVS-6.5.5 @must @needs.clock
  Rule: At sign-in, too, a mailed code ends after ten minutes

    Why: the documented limit is that of the code, wherever it is asked for.

    @class.active
    Scenario: A code that is ten minutes and a second old does not sign in
      Given she signs in from a fresh browser
      And she waits for her mail
      When the code's 10 minutes are just over
      And she gives the code from the mail
      Then the portal refuses the code
      But a sign-in with a newly mailed code succeeds

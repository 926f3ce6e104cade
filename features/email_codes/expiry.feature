@area.email-codes @requires.email-codes @needs.mailbox
Feature: The ten minutes of a mailed code

  A mailed code is documented to live for ten minutes. Less breaks the promise to
  slow readers; more leaves a key lying about in a mailbox. Each side of the limit
  is tried with a code of its own, because trying a code uses it up. Where time can
  be held, each side is one second away; where it runs, the near side leaves the
  portal a few seconds to answer.

  Background:
    Given Ana has an account without two-factor sign-in
    And she has started to set up email codes

  @clause.EMAIL-5a @should
  Rule: The customer is told how long the code lives

    Why: a customer who knows the limit asks for a new code instead of for help.

    Scenario: The limit of 10 minutes is stated
      When she waits for her mail
      Then the mail or the portal states a limit of 10 minutes

  @clause.EMAIL-5b @must @needs.clock
  Rule: Within the ten minutes the code is accepted

    Why: the limit is a promise as well as a threat.

    Scenario: A second before the limit the code is accepted
      Given she waits for her mail
      When the code's 10 minutes are all but over
      And she gives the code from the mail
      Then the portal accepts the code

  @clause.EMAIL-5c @norm.ASVS-6.5.5 @must @needs.clock
  Rule: After the ten minutes the code is refused

    Why: NIST SP 800-63B-4 and OWASP ASVS set the same upper limit.

    @class.active
    Scenario: A second after the limit the code is refused and nothing is turned on
      Given she waits for her mail
      When the code's 10 minutes are just over
      And she gives the code from the mail
      Then the portal refuses the code
      And her account does not require a second factor

    @requires.resend @class.active
    Scenario: After the limit a new code still works
      Given she waits for her mail
      When the code's 10 minutes are just over
      And she gives the code from the mail
      Then the portal refuses the code
      But a newly sent code is accepted

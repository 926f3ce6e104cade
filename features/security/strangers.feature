@area.security
Feature: Names of strangers in what a browser sends

  A browser tells where it wants to go and by which name it asks. An attacker can put
  a name of their own there, by a link or on the way, and the portal must not take it
  for granted.

  @norm.ASVS-3.7.2 @norm.WSTG-CLNT-04 @requires.free-choice
  Rule: Signing in leads to the portal, whatever a link asks for

    Why: the customer has just typed a password, and would believe whatever comes next.

    Scenario: A link that asks to go on elsewhere leads into the portal
      Given Ana has an account without two-factor sign-in
      And what her browser asks and is answered is noted
      When she signs in by a link that asks to go on to a stranger's site
      Then nothing leads her to the stranger's site
      But she signs in from a fresh browser
      And she is signed in

    @requires.time-based-tokens
    Scenario: After the code, too, such a link leads into the portal
      Given Ana uses two-factor sign-in with time-based tokens
      And what her browser asks and is answered is noted
      When she signs in by a link that asks to go on to a stranger's site
      Then nothing leads her to the stranger's site
      But a sign-in with the code shown by the app succeeds

  @norm.ASVS-3.7.2 @requires.time-based-tokens @requires.deep-links
  Rule: A link to a place of the portal does lead there

    Why: who is led elsewhere after the code looks for another link, and may find a stranger's.

    Scenario Outline: A place that is asked for before the <what> is shown after the code
      Given Ana uses two-factor sign-in with time-based tokens
      When she asks for a place behind the sign-in before the <what>
      And she gives the code shown by the app
      Then she is at the place that she asked for

      Examples:
        | what     |
        | password |
        | code     |

  @norm.ASVS-4.1.3 @norm.WSTG-INPV-17 @requires.time-based-tokens
  Rule: The portal does not take its own name from a request

    Why: the name would stand in the customer's app, and links would lead to whoever chose it.

    Scenario: A stranger's name for the portal reaches neither the app nor the screen
      Given Ana has an account without two-factor sign-in
      And she is choosing a method
      And her requests call the portal by a stranger's name
      When she starts to set up time-based tokens
      And she scans the portal's QR code with her authenticator app
      Then the stranger's name is neither in her app nor on the screen

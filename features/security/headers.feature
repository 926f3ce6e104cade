@area.security
Feature: What the portal tells browsers about itself

  A browser does much that nobody asked for, unless it is told not to: it runs what
  others have put into a place, guesses what a file is, tells other sites where it
  comes from, and shows a portal inside of a stranger's site.

  Background:
    Given Ana has an account without two-factor sign-in
    And what her browser asks and is answered is noted
    And she is signed in

  @norm.ASVS-3.4.3
  Rule: The portal says what may be loaded and run

    Why: what an attacker writes into a place is then not run.

    Scenario: The client area comes with a policy for its content
      When she looks at her client area
      Then the browser is told what it may load there

  @norm.ASVS-3.4.4
  Rule: Nothing is left to be guessed about the type of what is sent

    Why: a picture that is taken for a script is run as one.

    Scenario: The client area comes with a type that counts
      When she looks at her client area
      Then the browser is told not to guess types

  @norm.ASVS-3.4.5
  Rule: Other sites are not told the whole address from which a customer comes

    Why: addresses name what somebody looked at, and sometimes more.

    Scenario: The client area lets no other site know where it was left
      When she looks at her client area
      Then the browser is told to keep the address from other sites

  @norm.ASVS-3.4.6 @norm.WSTG-CLNT-09 @requires.free-choice
  Rule: No other site can show the settings inside of its own

    Why: a customer who believes to press one thing presses another, which lies above it unseen.

    Scenario: In a stranger's frame nothing of the settings is shown
      When she looks at her two-factor settings
      And a stranger's site shows them inside of its own
      Then nothing of the portal is shown there

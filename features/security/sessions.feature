@area.security
Feature: What a browser is worth that was signed in once

  A session is what remains of a sign-in. It must not be worth more than the sign-in
  was, not outlive it, and not be had in any way that asks for less.

  @norm.ASVS-7.2.4 @norm.WSTG-SESS-03 @requires.time-based-tokens
  Rule: The code makes a new session

    Why: who plants a session in a browser before the sign-in would be signed in with its owner.

    Scenario: What the browser held before the code opens nothing after it
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      And what her browser holds is kept
      When she gives the code shown by the app
      Then a browser with what was kept reaches nothing behind the sign-in
      But she is signed in

  @norm.ASVS-7.4.1 @norm.WSTG-SESS-06 @requires.sign-out
  Rule: Signing out ends the session

    Why: on a shared machine the next person brings it back.

    Scenario: What the browser held before the sign-out opens nothing after it
      Given Ana has an account without two-factor sign-in
      And Ana is signed in
      And what her browser holds is kept
      When she signs out
      Then a browser with what was kept reaches nothing behind the sign-in
      But with the right password she is signed in

  @norm.NIST-5.1 @norm.WSTG-ATHN-05 @requires.sign-out @requires.time-based-tokens
  Rule: That a browser was signed in before spares nobody the code

    Why: whoever uses the browser next, or copies what it keeps, would need the password only.

    Scenario: Signed out, the same browser is asked for a code again
      Given Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      When she signs out
      And she signs in from the same browser
      Then she is asked for a code from her app
      And the next code shown by the app signs her in

    @norm.ASVS-7.4.3 @requires.turn-off
    Scenario: Known from an app that was given up, the browser is asked for a code of the new one
      Given Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      When she turns two-factor sign-in off and on again with time-based tokens
      And she signs out
      And she signs in from the same browser
      Then she is asked for a code from her app
      And the next code shown by the app signs her in

    @needs.two-accounts @class.two-user
    Scenario: Where Ana was signed in, Ben is asked for his code
      Given Ben uses two-factor sign-in with time-based tokens
      And Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      When she signs out
      And Ben signs in from her browser
      Then Ben is asked for a code from his app

  @norm.ASVS-7.4.3 @requires.time-based-tokens
  Rule: Turning two-factor sign-in on ends what was begun without it

    Why: who is in already, and is the reason for turning it on, would stay in.

    Scenario: Another browser is signed out when two-factor sign-in is turned on
      Given Ana has an account without two-factor sign-in
      And Ana is signed in
      And she is signed in, and goes on in another browser
      When she has turned on two-factor sign-in with time-based tokens
      Then the browser that she left is signed out
      But a complete sign-in succeeds

  @norm.NIST-2.2.3 @requires.time-based-tokens @needs.movable-clock
  Rule: A session ends within a day

    Why: a browser that was left somewhere is found by somebody.

    Scenario: A day later the browser is signed out
      Given Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      When 24 hours and 1 minute pass
      Then she is not signed in
      But a complete sign-in succeeds

  @norm.ASVS-6.3.4 @norm.WSTG-ATHN-10 @requires.time-based-tokens
  Rule: There is no entry that asks for less

    Why: the second factor is worth what the weakest door is worth.

    Scenario: Name and password, given as programs do, open nothing
      Given Ana uses two-factor sign-in with time-based tokens
      When she gives name and password as programs do
      Then none of them opens
      But a complete sign-in succeeds

  @norm.ASVS-6.3.8 @requires.time-based-tokens @class.active
  Rule: A wrong password is not led on to the code

    Why: a request for a code tells a guesser that there is a second factor, or that the first one was right.

    Scenario: With a wrong password nobody is asked for a code
      Given Ana uses two-factor sign-in with time-based tokens
      When she signs in from a fresh browser with a wrong password
      Then she is asked to sign in
      But she signs in from a fresh browser
      And she is asked for a code from her app

    @needs.two-accounts @class.two-user
    Scenario: A wrong password is answered alike with a second factor and without
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben has an account without two-factor sign-in
      When Ana and Ben each give a wrong password in a fresh browser
      Then both are told the same
      But Ana signs in from a fresh browser
      And she is asked for a code from her app

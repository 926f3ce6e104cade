@area.security
Feature: Guessing codes and passwords

  Six digits are guessed by whoever may try often enough. So there has to be an end to
  wrong tries, however they are spread, and the owner must not be locked out for good.

  @norm.ASVS-6.3.1 @norm.NIST-3.2.2 @norm.RFC4226-7.2 @norm.WSTG-ATHN-03 @requires.time-based-tokens @class.destructive
  Rule: There is an end to wrong codes of the app

    Why: at ten tries a second one code in a million is found within a day.

    Scenario: After at most a hundred wrong codes the right one is refused as well
      Given Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      When she gives up to 100 wrong codes
      Then even the right code does not sign Ana in now

  @norm.ASVS-6.1.1 @requires.time-based-tokens @class.destructive @needs.movable-clock
  Rule: Who was guessed at can sign in again the day after

    Why: a lock without end lets anybody who knows the password shut the owner out.

    Scenario: A day after the wrong codes the right one signs in
      Given Ana uses two-factor sign-in with time-based tokens
      When she gives up to 10 wrong codes
      And 24 hours pass
      And she signs in from a fresh browser
      Then the right code signs Ana in again

  @norm.RFC4226-7.3 @requires.time-based-tokens @requires.told-limit @class.destructive @needs.two-accounts
  Rule: Wrong codes are counted over all sign-ins

    Why: whoever guesses begins as many sign-ins as it takes.

    Scenario: A fresh sign-in does not begin the count anew
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben uses two-factor sign-in with time-based tokens
      And Ana has given up to 20 wrong codes
      When Ben gives all but one of as many, and the last from a fresh sign-in
      Then the portal has had enough of Ben

  @norm.NIST-3.2.2 @norm.ASVS-15.4.2 @requires.time-based-tokens @requires.told-limit @class.destructive
  Rule: Wrong codes are counted also where they come at once

    Why: a program sends all its guesses at the same moment, before the first of them is counted.

    @needs.two-accounts
    Scenario: Of wrong codes given at once no more are judged than one after the other
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben uses two-factor sign-in with time-based tokens
      And Ana has given up to 20 wrong codes
      When Ben gives 3 more than as many, all of them at once
      Then no more of his codes are told to be wrong than of Ana's

  @norm.NIST-3.1.3.2 @norm.ASVS-6.6.3 @requires.email-codes @requires.resend @requires.told-limit @needs.mailbox
  Rule: Asking for a new code does not begin the count anew

    Why: otherwise a guesser asks for a new mail whenever the tries run out.

    @class.destructive @needs.two-accounts
    Scenario: A new mail does not begin the count anew
      Given Ana uses two-factor sign-in with email codes
      And Ben uses two-factor sign-in with email codes
      And Ana has given up to 20 wrong codes
      When Ben gives all but one of as many, and the last after a new mail
      Then the portal has had enough of Ben

  @norm.NIST-3.2.2 @norm.WSTG-ATHN-11 @requires.time-based-tokens @requires.backup-code @class.destructive
  Rule: There is an end to wrong backup codes

    Why: the spare key is a second lock to try.

    Scenario: After at most a hundred wrong backup codes her own is refused as well
      Given Ana has turned on two-factor sign-in with time-based tokens
      When she gives up to 100 wrong backup codes
      Then even her own backup code does not sign her in now

    @requires.told-limit @needs.two-accounts
    Scenario: Wrong codes and wrong backup codes are counted together
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben has turned on two-factor sign-in with time-based tokens
      And Ana has given up to 20 wrong codes
      When Ben gives all but one of as many, and then a wrong backup code
      Then the portal has had enough of Ben

  @norm.ASVS-6.3.8 @requires.time-based-tokens @class.destructive
  Rule: While no code is taken, nothing tells whether one was right

    Why: a code that is found during the pause is used when the pause is over.

    Scenario: After too many wrong codes a right one is answered as a wrong one is
      Given Ana uses two-factor sign-in with time-based tokens
      When she gives up to 10 wrong codes
      Then the right code is answered in the words for a wrong one

  @norm.ASVS-6.3.1 @norm.NIST-3.2.2 @class.destructive
  Rule: There is an end to wrong passwords

    Why: the second factor is no reason to give the first one away.

    @norm.WSTG-ATHN-03
    Scenario: After at most a hundred wrong passwords the right one is refused as well
      Given Ana has an account without two-factor sign-in
      And Ana is signed in
      When somebody gives up to 100 wrong passwords for Ana
      Then even the right password does not sign Ana in from there now

    Scenario: Whoever guesses passwords does not sign the owner out
      Given Ana has an account without two-factor sign-in
      And Ana is signed in
      When somebody gives up to 20 wrong passwords for Ana
      Then Ana is still signed in

  @norm.ASVS-2.4.1 @norm.ASVS-6.6.3 @norm.WSTG-BUSL-05 @requires.email-codes @requires.resend @needs.mailbox @class.destructive
  Rule: A mailbox cannot be flooded

    Why: who drowns in codes confirms one in the end, and the portal's mails are taken for rubbish.

    Scenario: Of many requests for a new code not all are mailed
      Given Ana has an account without two-factor sign-in
      And she has started to set up email codes
      When she asks for up to 12 new codes
      Then fewer mails than that reach Ana

    @norm.ASVS-2.2.2
    Scenario: Of many wishes for a new code that a program sends not all are mailed
      Given Ana has an account without two-factor sign-in
      And she has started to set up email codes
      When her wish for a new code is sent 12 times by a program
      Then fewer mails than that reach Ana

@area.security @requires.password-reset @needs.mailbox @needs.throwaway-accounts @class.destructive
Feature: What a forgotten password gives back, and what it leaves alone

  Whoever reads a customer's mail can have a new password by it. That is all they
  may have: a reset that opens the account, or that takes the second factor away,
  makes one factor of two.

  @norm.ASVS-6.4.3
  Rule: A reset replaces the password and nothing else

    Why: the second factor is there for the day on which the first one is in other hands.

    @requires.time-based-tokens
    Scenario: After a reset a code of the app is still asked for
      Given Ana uses two-factor sign-in with time-based tokens
      When she chooses a new password by a link that is mailed to her
      Then she is not signed in
      And a fresh browser needs time-based tokens to sign in as Ana

    @requires.email-codes
    Scenario: After a reset a mailed code is still asked for
      Given Ana uses two-factor sign-in with email codes
      When she chooses a new password by a link that is mailed to her
      Then she is not signed in
      And a fresh browser needs email codes to sign in as Ana

  @norm.ASVS-6.4.3 @norm.WSTG-ATHN-09 @requires.time-based-tokens
  Rule: A link to a new password counts once

    Why: it lies in the mailbox for as long as the mail does.

    Scenario: The used link is refused and the password stays
      Given Ana uses two-factor sign-in with time-based tokens
      And she chooses a new password by a link that is mailed to her
      When she chooses another password by the same link
      Then the portal refuses the link
      But a fresh browser needs time-based tokens to sign in as Ana

  @norm.NIST-4.2.1.2 @norm.WSTG-ATHN-09 @requires.time-based-tokens @needs.movable-clock
  Rule: A link to a new password ends within a day

    Why: a mail that was never opened is found by whoever gets the mailbox next.

    Scenario: A day later the link is refused and another one taken
      Given Ana uses two-factor sign-in with time-based tokens
      And a link to a new password is mailed to her
      When 24 hours and 1 minute pass
      And she chooses a new password by the link
      Then the portal refuses the link
      But by another link she chooses a new password

  @norm.WSTG-ATHN-09 @requires.time-based-tokens
  Rule: Nobody but the receiver of the mail knows the link

    Why: who can guess or read it elsewhere needs no mailbox, and takes over any account.

    Scenario: Two links share nothing that could be guessed from
      Given Ana uses two-factor sign-in with time-based tokens
      When a link to a new password is mailed to her
      And another link to a new password is mailed to her
      Then each of the two holds at least 64 bits of its own

    Scenario: The link is in the mail and not on the screen
      Given Ana uses two-factor sign-in with time-based tokens
      When a link to a new password is mailed to her
      Then the link is shown nowhere where she asked for it
      But by the link she chooses a new password

  @norm.ASVS-6.3.8 @norm.WSTG-IDNT-04 @requires.time-based-tokens
  Rule: The answer to a forgotten password names no customers

    Why: a list of who is a customer is what guessing passwords begins with.

    Scenario: An address that nobody has is answered like her own
      Given Ana uses two-factor sign-in with time-based tokens
      When a new password is asked for with her address and with one that nobody has
      Then the portal answers both alike
      But a mail with a link reaches her

  @norm.ASVS-4.1.3 @norm.WSTG-INPV-17 @requires.time-based-tokens
  Rule: The mailed link leads to the portal, whatever a request calls it

    Why: one press on a link to a stranger's site, and the stranger chooses the password.

    Scenario: Asked for under a stranger's name, the mail holds no link to the stranger
      Given Ana uses two-factor sign-in with time-based tokens
      When a new password is asked for under a stranger's name for the portal
      Then no link in the mail leads to the stranger's site
      But by the link she chooses a new password

  @norm.ASVS-7.4.3 @requires.time-based-tokens
  Rule: A new password ends what the old one began

    Why: who knew the old password and is in already would stay in.

    Scenario: A browser that was signed in before the reset is signed out
      Given Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      And she is signed in, and goes on in another browser
      When she chooses a new password by a link that is mailed to her
      Then the browser that she left is signed out
      But a complete sign-in succeeds

  @norm.ASVS-6.3.7 @requires.time-based-tokens
  Rule: The customer is told of a new password

    Why: somebody else may have read the mail with the link.

    Scenario: A mail tells that the password was changed
      Given Ana uses two-factor sign-in with time-based tokens
      And a link to a new password is mailed to her
      And she has read her mails
      When she chooses a new password by the link
      Then a mail tells her that something happened

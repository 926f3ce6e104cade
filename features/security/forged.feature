@area.security
Feature: Requests that no customer made

  A browser sends its cookies with whatever it is made to send, and what is sent can
  say anything. So the portal has to know its own requests from those of others, and
  to take the customer from the session and from nowhere else.

  @norm.ASVS-3.5.1 @norm.WSTG-SESS-05 @requires.email-codes @needs.mailbox
  Rule: What another site sends in a customer's name is refused

    Why: a customer who reads a stranger's site would change settings without knowing of it.

    Scenario: A stranger's site cannot have a code mailed
      Given Ana has an account without two-factor sign-in
      And she is choosing a method
      And her wish for email codes is caught on its way
      When a stranger's site sends the same
      Then no mail reaches Ana
      But sent from the portal it brings a mail with a code

  @norm.ASVS-8.2.2 @norm.WSTG-ATHZ-04 @requires.time-based-tokens @requires.turn-off @needs.two-accounts @class.two-user
  Rule: Nobody turns another customer's two-factor sign-in off

    Why: with an account of his own anybody could take the protection off any other.

    Scenario: A request of Ben's that names Ana leaves hers on
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben uses two-factor sign-in with time-based tokens
      When Ben asks to turn two-factor sign-in off in Ana's name
      Then a fresh browser needs time-based tokens to sign in as Ana

  @norm.ASVS-8.2.2 @norm.WSTG-ATHZ-04 @requires.time-based-tokens @needs.two-accounts @class.two-user
  Rule: A code signs in whoever gave the password, whatever the request says

    Why: with a password and an app of his own anybody would come in as anybody else.

    Scenario: A code of Ben's that names Ana shows nothing of hers
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben uses two-factor sign-in with time-based tokens
      And Ben signs in from a fresh browser
      When Ben gives his code in Ana's name
      Then Ben is shown nothing of Ana's

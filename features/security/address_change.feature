@area.security @requires.address-change @requires.email-codes @needs.mailbox @needs.throwaway-accounts @class.destructive
Feature: Where codes go when the address changes

  Where codes are mailed, the address is the second factor. Whoever can change it at
  an open browser takes the account along; whoever reads the old mailbox must learn
  of the change, and of nothing after it.

  Background:
    Given Ana uses two-factor sign-in with email codes
    And she has signed in from a fresh browser with her code

  @norm.ASVS-7.5.1 @class.active
  Rule: Another address takes the password

    Why: a browser that was left open for a minute would be enough to have the codes.

    Scenario: What is asked for with a wrong password reaches nobody
      When she asks for one address with a wrong password
      And she asks for another address
      Then a mail with a link reaches the other address
      And no mail reaches the one address

  @norm.ASVS-2.3.1
  Rule: Another address counts when it was seen to be hers

    Why: with one letter wrong the codes go to a stranger, and their owner is shut out.

    Scenario: Until the link is followed, codes go where they went before
      When she asks for another address
      Then a code that she is mailed now reaches her old address alone
      But by the link the other address becomes hers

  @norm.ASVS-6.5.6
  Rule: The old address gets no code any more

    Why: it may be anybody's by now, such as an employer's from before.

    Scenario: After the change the code goes to the new address alone
      When she moves to another address
      Then a code that she is mailed now reaches her new address alone
      And the code from the mail signs her in

  @norm.ASVS-6.3.7
  Rule: The old address is told of the change

    Why: if somebody else changed it, the owner hears of it there or nowhere.

    Scenario: A mail to the old address tells of the change
      When she moves to another address
      Then a mail to her old address tells her that something happened

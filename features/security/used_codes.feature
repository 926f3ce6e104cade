@area.security
Feature: A code is for one sign-in, one browser and one customer

  Codes are watched, forwarded and phished. Each is worth as little as possible to
  whoever has it: it serves once, and where it was asked for, and nobody else.

  @norm.ASVS-6.5.1 @norm.RFC6238-5.2 @requires.time-based-tokens @class.active
  Rule: A used code of the app is used up

    Why: whoever watched it being typed has half a minute for trying variants.

    Scenario: A used code with a space in it is refused and the next one accepted
      Given Ana uses two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her code
      When she signs in from a fresh browser
      And she gives the code she used before with a space in it
      Then the portal refuses the code
      But the next code shown by the app signs her in

    Scenario: Of two browsers that wait for a code the same one signs in only one
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      And she begins a second sign-in beside it
      When she gives one code in the first browser and then in the second
      Then the portal refuses the code
      But the next code shown by the app signs her in

  @norm.ASVS-15.4.2 @norm.ASVS-2.3.4 @norm.ASVS-6.5.1 @requires.time-based-tokens @class.active
  Rule: A code of the app serves once, also at the same moment

    Why: who looks on sends the code along, and need not be later than its owner.

    Scenario: Of two browsers that give one code at once only one is signed in
      Given Ana uses two-factor sign-in with time-based tokens
      And she signs in from a fresh browser
      And she begins a second sign-in beside it
      When she gives one code in both browsers at once
      Then only one of them is signed in
      But a sign-in with the code shown by the app succeeds

  @norm.ASVS-6.5.1 @requires.time-based-tokens @requires.backup-code @class.active
  Rule: A used backup code is used up in every way of writing

    Why: people type it with and without dashes, and so does whoever found it.

    Scenario: The used backup code in small letters without dashes is refused
      Given Ana has turned on two-factor sign-in with time-based tokens
      And she has signed in from a fresh browser with her backup code
      When she signs in from a fresh browser
      And she gives the backup code she used before in small letters without dashes
      Then the portal refuses the backup code
      But the next code shown by the app signs her in

  @norm.ASVS-6.6.2 @requires.email-codes @needs.mailbox @class.active
  Rule: A mailed code counts in the browser that asked for it

    Why: a code that was talked out of its owner would open a sign-in elsewhere.

    Scenario: The code that one browser asked for is refused in another
      Given Ana uses two-factor sign-in with email codes
      And she signs in from a fresh browser
      And she waits for her mail
      When she signs in from a fresh browser
      And she gives the code of the sign-in before
      Then the portal refuses the code
      But the newest code from the mail signs her in

  @norm.ASVS-6.6.2 @norm.ASVS-8.2.2 @requires.email-codes @needs.mailbox @needs.two-accounts @class.two-user
  Rule: A mailed code is for the customer that it was mailed to

    Why: with an account of his own anybody would have a code for every other.

    Scenario: The code that was mailed to Ben is refused to Ana
      Given Ana uses two-factor sign-in with email codes
      And Ben uses two-factor sign-in with email codes
      When Ben signs in from a fresh browser
      And Ana signs in from a fresh browser
      And Ana gives the code that was mailed to Ben
      Then the portal refuses the code
      But the newest code from the mail signs her in

  @norm.ASVS-8.2.2 @requires.time-based-tokens @needs.two-accounts @class.two-user
  Rule: The app of one customer signs no other one in

    Why: with an account of his own anybody would have codes for every other.

    @norm.RFC6238-3
    Scenario: A code of Ben's app is refused to Ana
      Given Ana uses two-factor sign-in with time-based tokens
      And Ben uses two-factor sign-in with time-based tokens
      When Ana signs in from a fresh browser
      And Ana gives the code shown by Ben's app
      Then the portal refuses the code
      But the code shown by the app signs her in

    @requires.backup-code
    Scenario: Ben's backup code is refused to Ana
      Given Ana has turned on two-factor sign-in with time-based tokens
      And Ben has turned on two-factor sign-in with time-based tokens
      When Ana signs in from a fresh browser
      And Ana gives Ben's backup code
      Then the portal refuses the backup code
      But her own backup code signs her in

  @norm.RFC6238-4.2 @requires.time-based-tokens @needs.movable-clock
  Rule: Codes of the app go on after the year 2038

    Why: a counter of 32 bits locks every customer out on one day.

    Scenario: In fifteen years the code shown by the app signs in
      Given Ana uses two-factor sign-in with time-based tokens
      When 15 years pass
      And she signs in from a fresh browser
      Then the code shown by the app signs her in

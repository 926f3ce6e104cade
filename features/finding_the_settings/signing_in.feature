@area.finding-the-settings
Feature: Signing in to the client area

  Everything that follows happens behind the customer's own sign-in, so the walk
  starts at the front door. A customer who cannot find the door, or whom the door
  lets in with any key, has no use for a second lock.

  Background:
    Given Ana has an account without two-factor sign-in

  @clause.NAV-1 @must @requires.front-page
  Rule: The client area is offered under that name and asks who is there

    Why: the help text sends every customer through this link first.

    Scenario: The front door leads to the sign-in
      When Ana comes to the portal's front door
      And she goes to the client area
      Then she is asked to sign in

  @clause.NAV-2 @must
  Rule: The right password, and only the right one, opens the customer's client area

    Why: a second factor protects nothing when the first one is not checked.

    @class.active
    Scenario: A wrong password is refused and the right one opens the client area
      When Ana signs in with a wrong password
      Then she is not signed in
      But with the right password she is signed in

    Scenario: Signing in leaves the sign-in behind
      When Ana signs in, whatever else stays in sight
      Then she is signed in
      And she is no longer asked to sign in

@area.finding-the-settings
Feature: The menu behind the customer's name

  The help text names one landmark only: the customer's own name in the top-right
  corner. Customers look for it there, and behind it they look for the way to the
  security settings.

  Background:
    Given Ana has an account without two-factor sign-in
    And she is signed in

  @clause.NAV-3 @must
  Rule: The portal shows the customer's own name

    Why: a customer who sees another name, or none, cannot follow the first step.

    @needs.two-accounts @class.two-user
    Scenario: Two customers each see their own name
      Given Ben has an account without two-factor sign-in
      And he is signed in
      Then Ana sees her own name
      And Ben sees his own name

  @clause.NAV-4 @must
  Rule: The name stands in the top-right corner, in sight and uncovered

    Why: that is where the help text makes the customer look.

    Scenario Outline: On a <kind> screen the name is in the corner
      Given Ana has a screen of <width> by <height>
      When she looks at her client area
      Then her name is in the top-right corner
      And nothing covers her name

      Examples:
        | kind  | width | height |
        | small | 1280  | 720    |
        | large | 1920  | 1080   |

  @clause.NAV-5 @must
  Rule: The name opens a menu

    Why: the way to the settings begins with the options behind the name.

    Scenario: The options appear when the menu is opened, and not before
      When she looks at her client area
      Then the menu behind her name is closed
      But it offers options once she has opened it

  @clause.NAV-6 @must
  Rule: One of the options leads to the security settings

    Why: it is the documented way; customers search for these words.

    Scenario: The menu names the security settings
      When she opens the menu behind her name
      Then she is offered "Security Settings"

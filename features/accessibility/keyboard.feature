@area.accessibility
Feature: By the keyboard alone

  Many people use no mouse: they cannot hold one, or cannot see where it points. What
  they have is a key that leads from one control to the next, and what they need is
  that it leads everywhere, in an order that makes sense, and shows where they are.

  Background:
    Given Ana has an account without two-factor sign-in

  @norm.WCAG-2.1.1 @requires.time-based-tokens
  Rule: Two-factor sign-in can be turned on by the keyboard alone

    Why: whoever cannot get there stays without a second lock.

    Scenario: From signing in to the code of the app the keyboard suffices
      When she turns on time-based tokens by the keyboard alone
      Then the keyboard has led everywhere
      And two-factor sign-in is on

  @norm.WCAG-2.4.3 @requires.time-based-tokens
  Rule: The keyboard meets things in the order in which they are used

    Why: a focus that jumps about loses those who see only what is under it.

    Scenario: After each thing comes what is used next, without starting over
      When she turns on time-based tokens by the keyboard alone
      Then she never had to start over from the top

  @norm.WCAG-2.4.7 @requires.time-based-tokens
  Rule: What the keyboard would press can be seen

    Why: who does not see where they are presses the wrong thing.

    Scenario: Everything on the way shows when the keyboard has come to it
      When she turns on time-based tokens by the keyboard alone, watching where she is
      Then she always saw where she was

  @norm.WCAG-2.4.3
  Rule: Whoever closes the menu is back where it was opened

    Why: a focus that falls to the top has to be brought back key by key.

    Scenario: The menu behind the name gives the focus back
      Given she is signed in
      When she opens the menu behind her name by the keyboard and closes it
      Then she is back at her name

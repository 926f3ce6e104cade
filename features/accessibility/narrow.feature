@area.accessibility @requires.time-based-tokens @class.active
Feature: On a narrow screen

  Who enlarges everything four times has a desk no wider than a phone. Lines that end
  beyond the edge cost a push to and fro for each of them.

  @norm.WCAG-1.4.10
  Rule: Nothing is wider than a screen of 320 dots

    Why: reading a line must not take two hands.

    Scenario: On the whole way nobody has to scroll sideways
      Given Ana has an account without two-factor sign-in
      When she walks the whole way on a narrow screen
      Then nowhere on the way she has to scroll sideways

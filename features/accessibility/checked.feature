@area.accessibility @requires.time-based-tokens @class.active
Feature: What a checker finds on the way

  Some barriers can be found by a program, and a program looks at every place with
  the same patience. Each rule here is a success criterion of WCAG 2.2, and for each
  a checker goes along on the whole way: signing in, setting up with a code that is
  refused, the backup code, the settings, and the next sign-in.

  Background:
    Given Ana has an account without two-factor sign-in

  @norm.WCAG-1.4.3
  Rule: Words stand out from what is behind them

    Why: pale words on a pale ground are lost to weak eyes, and to all eyes in the sun.

    Scenario: The checker finds no words that are too pale
      When she walks the whole way with a checker for "contrast"
      Then it finds nothing on the way

  @norm.WCAG-4.1.2
  Rule: Everything that can be used has a name and a role that tools can read

    Why: a screen reader can only say what it is told; "edit, blank" says nothing.

    Scenario: The checker finds nothing without a name
      When she walks the whole way with a checker for "names and roles"
      Then it finds nothing on the way

  @norm.WCAG-2.5.3
  Rule: What can be used is called as it is written

    Why: people who work by voice say the words that they see.

    Scenario: The checker finds no word that is spoken otherwise
      When she walks the whole way with a checker for "spoken names"
      Then it finds nothing on the way

  @norm.WCAG-3.1.1
  Rule: The language is named

    Why: a voice that takes English for French cannot be understood.

    Scenario: The checker finds a language at every place
      When she walks the whole way with a checker for "language"
      Then it finds nothing on the way

  @norm.WCAG-2.5.8
  Rule: What can be used is large enough for a finger, or stands apart

    Why: a hand that trembles hits what lies beside.

    Scenario: The checker finds nothing that is too small
      When she walks the whole way with a checker for "target size"
      Then it finds nothing on the way

  @norm.WCAG-1.4.4
  Rule: What is shown can be enlarged

    Why: what forbids it shuts out those who read large.

    Scenario: The checker finds nothing that forbids it
      When she walks the whole way with a checker for "enlarging"
      Then it finds nothing on the way

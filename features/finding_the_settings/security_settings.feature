@area.finding-the-settings
Feature: The security settings and the way to turn two-factor sign-in on

  Behind the menu lies one place for all that protects an account. From there two
  documented steps are left: the entry for two-factor authentication, and the
  control that turns it on.

  @clause.NAV-7 @must
  Rule: The option opens the security settings

    Why: an option that leads elsewhere ends the walk.

    Scenario: Choosing the option shows the security settings
      Given Ana has an account without two-factor sign-in
      And she is signed in
      When she opens the menu behind her name
      And she goes to "Security Settings"
      Then she is at her security settings

  @clause.NAV-8 @must @requires.free-choice
  Rule: The security settings have an entry for two-factor authentication

    Why: customers look for these words; without the entry the feature stays unfound.

    Scenario: The entry bears the documented name
      Given Ana has an account without two-factor sign-in
      And she is at her security settings
      Then she is offered "Two-Factor Authentication"

    @norm.WCAG-1.4.1
    Scenario: The entry is there and leads to the state of two-factor sign-in
      Given Ana has an account without two-factor sign-in
      And she is at her security settings
      When she goes to "Two-Factor Authentication"
      Then she is told that two-factor sign-in is off

  @clause.NAV-9 @must
  Rule: While two-factor sign-in is off, it can be turned on from there

    Why: it is the last documented step before the choice of a method.

    @requires.free-choice
    Scenario: An account without a second factor is offered to turn it on
      Given Ana has an account without two-factor sign-in
      When she looks at her two-factor settings
      Then she is offered "Click Here to Enable"

    @requires.time-based-tokens @requires.known-status @requires.one-method
    Scenario: An account that has a second factor is not offered it again
      Given Ana uses two-factor sign-in with time-based tokens
      When she looks at her two-factor settings
      Then she is told that two-factor sign-in is on
      And she is not offered "Click Here to Enable"

@area.security
Feature: The cookie that keeps a customer signed in

  After the code, everything hangs on one cookie: whoever has it is signed in without
  password or code. So scripts must not read it, and other sites must not use it.

  Background:
    Given Ana has an account without two-factor sign-in
    And what her browser asks and is answered is noted

  @norm.ASVS-3.3.4 @norm.WSTG-SESS-02
  Rule: No script can read what keeps a customer signed in

    Why: one script that gets in would carry the sign-in away.

    Scenario: The portal keeps the cookie from scripts
      When she signs in with her password
      Then no script can read what keeps her signed in

  @norm.ASVS-3.3.2 @norm.WSTG-SESS-02
  Rule: Other sites cannot act with what keeps a customer signed in

    Why: a stranger's site could press the portal's controls in the customer's name.

    Scenario: The portal says that other sites' requests come without the cookie
      When she signs in with her password
      Then what keeps her signed in is not sent along from other sites

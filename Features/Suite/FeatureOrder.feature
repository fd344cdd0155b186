@suite @nodatabase
Feature: The order in which features run

  xunit runs test classes and tests in the order of hash codes, which differs from build to
  build. A run begins with the first scenario of the plan and goes on as people read.

  Scenario: the features of the plan come first, then the races
    When the test runner puts the features in order
    Then it begins with these
      | feature                               |
      | Concurrent updates of one TVIEW       |
      | Cascades under load                   |
      | Two-phase commit                      |
      | TVIEWs come and go while others write |
      | Connection pooling                    |
    And it goes on in the order of the reports
    And it ends with those that run beside no other

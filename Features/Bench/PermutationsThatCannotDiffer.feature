@bench @nodatabase
Feature: Permutations that cannot differ

  Of the permutations that cannot differ the explorer takes one. That nothing is lost by it is
  shown on every race: taken as a whole, each of them ends like the one that stands for it, and
  what can happen to a race's steps (endings, errors, waits) is the same with them and without.

  Scenario: every race with all its permutations, and without those that cannot differ
    When the features of Features/Races run with all permutations, and once more without those that cannot differ
    Then all scenarios ended alike, and none failed
    And each race had the same outcomes both times
    And the second time at most two thirds of the permutations of direct sessions were taken

@suite @nodatabase
Feature: What is concluded from turns

  Two programs that run in turns are compared turn by turn. A bound is broken only where
  the turns say so beyond their own scatter; with too few of them nothing can be said.

  Scenario Outline: is one at least as fast as the other?
    Given turns in which one was <ratios> times as fast as the other
    Then that it is at least as fast is judged <verdict>

    Examples:
      | case                        | ratios                       | verdict |
      | mostly faster               | 1.10, 1.20, 0.90, 1.00, 1.10 | pass    |
      | slower, within the scatter  | 0.90, 1.10, 0.80, 1.05, 0.90 | pass    |
      | half as fast                | 0.50, 0.60, 0.55, 0.50, 0.58 | fail    |
      | a little slower, every time | 0.97, 0.98, 0.97, 0.98, 0.99 | fail    |
      | too few turns               | 1.10, 1.20                   | unknown |

Feature: Who has nothing to do with a prepared transaction does not wait for it

  A prepared transaction may stay for a long time, and keeps its locks. Whoever writes the rows
  that it concerns has to wait; nobody else has. User 1 has the posts 1, 3 and 5. (An engine
  that locks whole TVIEWs makes everybody wait; of such a one the number is told only.)

  Scenario Outline: another one's rename is prepared
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             | C                           |
      | begins                   | <what B does> | commits what A has prepared |
      | renames user 1           |               |                             |
      | prepares its transaction |               |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>
    And in no permutation session B had to wait

    Examples:
      | case                                     | what B does              | level           | route                       | failures                                 |
      | retitles post 2, READ COMMITTED          | retitles post 2          | READ COMMITTED  | directly                    | no step failed                           |
      | inserts a post of user 2, READ COMMITTED | inserts a post of user 2 | READ COMMITTED  | directly                    | no step failed                           |
      | renames user 3, READ COMMITTED           | renames user 3           | READ COMMITTED  | directly                    | no step failed                           |
      | deletes post 4, READ COMMITTED           | deletes post 4           | READ COMMITTED  | directly                    | no step failed                           |
      | retitles post 2, REPEATABLE READ         | retitles post 2          | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | retitles post 2, READ COMMITTED, pooled  | retitles post 2          | READ COMMITTED  | through transaction pooling | no step failed                           |

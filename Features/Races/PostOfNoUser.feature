Feature: A post is moved to no user, and back

  A post need not have an author. When it loses its author, that author has a post less; when
  it finds one, a post more. NULL is equal to nothing: whoever looks for the rows of which the
  author has changed must not compare with =.

  Scenario: nobody else writes
    Given 3 users with 6 posts, and the TVIEW tv_author that counts each author's posts
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                       |
      | moves post 1 to no user |
      | moves post 1 to user 3  |
      | moves post 1 to no user |
      | moves post 1 to user 1  |
    When they take their steps in the permutation AAAA
    Then after this permutation the TVIEW contract held
    And no step failed

  Scenario Outline: while another one changes the old author's posts
    Given 3 users with 6 posts, and the TVIEW tv_author that counts each author's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                       | B             |
      | begins                  | begins        |
      | moves post 1 to no user | <what B does> |
      | commits                 | commits       |
      | moves post 1 to user 1  |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                   | what B does    | level           | route                       | failures                                 |
      | deletes post 3, READ COMMITTED         | deletes post 3 | READ COMMITTED  | directly                    | no step failed                           |
      | deletes post 3, REPEATABLE READ        | deletes post 3 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | deletes post 3, READ COMMITTED, pooled | deletes post 3 | READ COMMITTED  | through transaction pooling | no step failed                           |
      | renames user 1, READ COMMITTED         | renames user 1 | READ COMMITTED  | directly                    | no step failed                           |
      | renames user 1, REPEATABLE READ        | renames user 1 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | renames user 1, READ COMMITTED, pooled | renames user 1 | READ COMMITTED  | through transaction pooling | no step failed                           |

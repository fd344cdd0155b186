Feature: A change affects the rows that its joins lead to

  If a user is renamed, the rows of that user's posts have to be refreshed, and no others.
  An engine that recomputes the whole TVIEW after every change is exact, but makes all
  writers wait for each other. An engine that can no longer analyse its defining queries,
  for example on a new version of PostgreSQL, would fall back to just that without any
  other sign.

  (A prepared transaction shows which rows it holds.)

  Background:
    Given an engine that tells which rows a prepared transaction holds
    And an engine that refreshes at COMMIT
    And the statement "CREATE TABLE tb_company (pk_company INT PRIMARY KEY, name TEXT)"
    And the statement "CREATE TABLE tb_user (pk_user INT PRIMARY KEY, fk_company INT REFERENCES tb_company, name TEXT)"
    And the statement "CREATE TABLE tb_post (pk_post INT PRIMARY KEY, fk_user INT REFERENCES tb_user, title TEXT)"
    And the statement "INSERT INTO tb_company VALUES (1, 'one')"
    And the statement "INSERT INTO tb_user VALUES (1, 1, 'a'), (2, 1, 'b')"
    And the statement "INSERT INTO tb_post VALUES (11, 1, 'x'), (12, 2, 'y'), (13, 2, 'z'), (14, 1, 'x')"

  Rule: Where joins lead to the rows, only those are refreshed

    Scenario Outline: user 2 is renamed
      Given the TVIEW tv_it of "SELECT <query>"
      When the statement "UPDATE tb_user SET name = 'new' WHERE pk_user = 2" is prepared
      Then the prepared transaction holds the rows <rows> of tv_it

      Examples:
        | case         | rows   | query                                                                                                                                                  |
        | a join       | 12, 13 | p.pk_post, u.name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user                                                                               |
        | a left join  | 12, 13 | p.pk_post, u.name FROM tb_post p LEFT JOIN tb_user u ON p.fk_user = u.pk_user                                                                          |
        | a comparison | 12, 13 | p.pk_post, u.name FROM tb_post p, tb_user u WHERE p.fk_user = u.pk_user AND u.name IS NOT NULL AND p.title IS NOT NULL                                 |
        | three tables | 12, 13 | p.pk_post, c.name FROM tb_post p JOIN (tb_user u JOIN tb_company c ON u.fk_company = c.pk_company) ON u.pk_user = p.fk_user                            |
        | an order     | 12, 13 | p.pk_post, u.name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user ORDER BY u.name                                                               |
        | expressions  | 12, 13 | p.pk_post, CASE WHEN u.name > p.title THEN 1 END AS c FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user                                           |
        | a group      | 2      | u.pk_user, u.name, count(p.pk_post) AS n FROM tb_user u LEFT JOIN tb_post p ON p.fk_user = u.pk_user GROUP BY u.pk_user, u.name                        |
        | a filter     | 2      | u.pk_user, count(*) FILTER (WHERE p.title > u.name) AS n FROM tb_user u JOIN tb_post p ON p.fk_user = u.pk_user GROUP BY u.pk_user HAVING count(*) > 0 |

    Scenario: a TVIEW over a TVIEW
      Given the TVIEW tv_user of "SELECT u.pk_user, u.name, c.name AS company FROM tb_user u JOIN tb_company c ON u.fk_company = c.pk_company"
      And the TVIEW tv_it of "SELECT p.pk_post, u.name FROM tb_post p JOIN tv_user u ON p.fk_user = u.pk_user"
      When the statement "UPDATE tb_user SET name = 'new' WHERE pk_user = 2" is prepared
      Then the prepared transaction holds the rows 12, 13 of tv_it

  Rule: Where a row depends on other rows besides, all rows are refreshed

    Scenario Outline: user 2 is renamed, where a row depends on others besides
      Given the TVIEW tv_it of "<query>"
      When the statement "UPDATE tb_user SET name = 'new' WHERE pk_user = 2" is prepared
      Then the prepared transaction holds all rows of tv_it

      Examples:
        | case                 | query                                                                                                                           |
        | a window             | SELECT pk_user, rank() OVER (ORDER BY name) AS n FROM tb_user                                                                   |
        | a sub-select         | SELECT p.pk_post, (SELECT max(name) FROM tb_user) AS n FROM tb_post p                                                           |
        | a choice of joins    | SELECT p.pk_post, u.name FROM tb_post p LEFT JOIN tb_user u ON p.fk_user = u.pk_user AND (p.title > u.name OR p.title < u.name) |
        | a limit              | SELECT pk_user, name FROM tb_user ORDER BY name LIMIT 1                                                                         |
        | distinct rows        | SELECT DISTINCT ON (pk_user) pk_user, name FROM tb_user                                                                         |
        | a union              | SELECT pk_user, name FROM tb_user UNION SELECT pk_post, title FROM tb_post                                                      |
        | a common table       | WITH u AS (SELECT * FROM tb_user) SELECT p.pk_post, u.name FROM tb_post p JOIN u ON p.fk_user = u.pk_user                       |
        | a table twice        | SELECT a.pk_user, b.name FROM tb_user a JOIN tb_user b ON a.pk_user = b.pk_user                                                 |
        | two groupings        | SELECT pk_user, max(name) AS name FROM tb_user GROUP BY GROUPING SETS ((pk_user), (fk_company)) HAVING pk_user > 0              |
        | a function in a join | SELECT p.pk_post, u.name FROM tb_post p JOIN tb_user u ON abs(p.fk_user) = u.pk_user                                            |

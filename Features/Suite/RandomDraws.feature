@suite @nodatabase
Feature: What random workloads draw

  What is never drawn is a check that cannot fail. So schemas, statements and races are drawn
  here without a server, and each thing that they are to hold is looked for in their SQL.

  Scenario: everything is drawn
    When 400 random schemas are drawn, each with 50 statements and 5 races
    Then each of these is somewhere in their SQL
      | what                                           | SQL                                                           |
      | a foreign key that is set to NULL              | ON DELETE SET NULL                                            |
      | a foreign key that is set to its default       | ON DELETE SET DEFAULT                                         |
      | a foreign key that follows its parent          | ON UPDATE CASCADE                                             |
      | a foreign key that is checked at the end       | DEFERRABLE INITIALLY DEFERRED                                 |
      | a timestamp with microseconds                  | timestamptz\(6\)                                              |
      | a numeric with a scale                         | numeric\(30,20\)                                              |
      | a numeric without one                          | digits_. numeric                                              |
      | a double precision                             | double precision                                              |
      | a real                                         | real                                                          |
      | bytes                                          | bytea                                                         |
      | an array                                       | integer\[\]                                                   |
      | a document                                     | doc_. jsonb                                                   |
      | an enum                                        | AS ENUM                                                       |
      | a domain                                       | CREATE DOMAIN                                                 |
      | a text of the collation C                      | COLLATE "C"                                                   |
      | a text of a collation that ignores case        | COLLATE public.nocase                                         |
      | a generated column                             | GENERATED ALWAYS AS                                           |
      | a primary key of two columns                   | PRIMARY KEY \(pk_., kind\)                                    |
      | a partitioned table                            | PARTITION BY                                                  |
      | a user's trigger that changes NEW              | BEFORE INSERT OR UPDATE                                       |
      | a user's trigger that writes at COMMIT         | CREATE CONSTRAINT TRIGGER                                     |
      | a column of another table shown                | p\.seen_. AS seen_.                                           |
      | a generated column shown                       | \.twice_. AS twice_.                                          |
      | a TVIEW over a TVIEW of groups                 | over groups                                                   |
      | a TVIEW that joins another by a column         | JOIN tv_v\d v ON v\.(fk_\w+) = x                              |
      | a TVIEW whose key is of two columns            | \|\| '/' \|\| coalesce                                        |
      | a TVIEW that cannot always be refreshed        | 100 / x\.n                                                    |
      | a foreign key set to NULL                      | UPDATE tb_. SET fk_\w+ = NULL WHERE                           |
      | a foreign key given again                      | WHERE fk_\w+ IS NULL                                          |
      | a changed key                                  | UPDATE tb_. SET pk_. =                                        |
      | NULL for a value                               | SET (n\|t\|seen_.\|list_.\|mood_.) = NULL                      |
      | a value for NULL                               | WHERE (kind\|n\|t\|doc_.) IS NULL                             |
      | a change of case                               | lower\(t\)                                                    |
      | a change of blanks                             | rtrim\(t\)                                                    |
      | a change of the last digit                     | WHEN ratio_.::text COLLATE "C" = .* THEN '0.30000000000000004' |
      | a statement over thousands of rows             | generate_series\(1, [34]\d\d\d\) i                           |
      | a statement over a few rows                    | generate_series\(1, [2-8]\) i                                |
      | RESET ALL                                      | RESET ALL                                                     |
      | DISCARD ALL                                    | DISCARD ALL                                                   |
      | constraints made immediate                     | SET CONSTRAINTS ALL IMMEDIATE                                 |
      | constraints made deferred                      | SET CONSTRAINTS ALL DEFERRED                                  |
      | another role                                   | SET LOCAL ROLE                                                |
      | another search_path                            | SET LOCAL search_path                                         |
      | a statement of qualified names                 | UPDATE public\.tb_                                            |
      | the name of a transaction with quotes          | PREPARE TRANSACTION '.*it''s "one" .* ☃                       |
      | a TVIEW created                                | creates tv_extra                                              |
      | a TVIEW defined anew                           | creates tv_extra anew                                         |
      | a TVIEW dropped                                | drops tv_v4                                                   |

  Scenario: a seed draws the same again
    Then 20 random schemas, each with 50 statements and 5 races, are the same when drawn again

  Scenario: schemas for an engine hold what it takes
    Then 100 random schemas for each engine hold no form of query that the engine refuses

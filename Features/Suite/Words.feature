@suite @nodatabase
Feature: The words that features can use

  Schemas, transactions, steps and clients are called by words. Each word has its SQL, which
  ./specs words prints; so a scenario can be written without reading C#.

  Scenario: every word is printed with its SQL
    Then these words are printed with their SQL
      | kind                  | word                                         | SQL                                                   |
      | schema                | the base table tb_test and its TVIEW tv_test | TVIEW tv_test: SELECT pk_test, data FROM tb_test      |
      | transaction profile   | renames a user                               | UPDATE tb_user SET name = $2 WHERE pk_user = $1       |
      | transaction profile   | creates the TVIEW tv_extra                   | SELECT pg_tviews_create('tv_extra', 'SELECT p.pk_post |
      | step of a race        | renames user #                               | UPDATE tb_user SET name = 'by A1' WHERE pk_user = 1   |
      | act of a client       | sends DISCARD ALL                            | DISCARD ALL                                           |
      | workload of the bench | reads a row                                  | SELECT title FROM tb_post WHERE pk_post = $1          |
    And no kind has a word twice, or one without SQL

  Scenario Outline: an unknown word is refused with those there are
    Then "<word>" is refused with "<sentence>"

    Examples:
      | case                    | word                  | sentence                                                                                    |
      | a schema                | the base table tb_nix | There is no schema 'the base table tb_nix'; there are:                                      |
      | a transaction profile   | renames everybody     | There is no transaction profile 'renames everybody'; there are: inserts a row into tb_test; |
      | a workload of the bench | asks for everything   | There is no workload of the bench 'asks for everything'; there are: reads a row;            |

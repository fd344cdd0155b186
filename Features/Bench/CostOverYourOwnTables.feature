@bench
Feature: What TVIEWs over your own tables cost

  The same statements run twice, each in a transaction of its own and nobody beside it: on the base
  tables alone, and under the TVIEWs. For each kind of statement the report says how many times as
  long it takes, and how many times as much is written to the WAL: medians of three turns.

  Scenario: each kind of statement over a shop, without and with its TVIEWs
    Given the tables and TVIEWs of docker/schemas/shop
    When 20 statements of each kind run without TVIEWs and with them
    Then the cost of at least 15 kinds of statements is known

  @schema
  Scenario: each kind of statement over the tables that --schema names, without and with the TVIEWs
    Given the tables and TVIEWs of the folder that --schema names
    When 20 statements of each kind run without TVIEWs and with them
    Then the cost of at least 5 kinds of statements is known

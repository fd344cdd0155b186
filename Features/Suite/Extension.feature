@suite @nodatabase
Feature: The adapter of the extension

  The suite runs against the extension pg_tviews itself with --engine extension. No build of
  it is part of this project. So the adapter is tried on stand-ins: the reference engine,
  packaged as an extension, under the catalogue of the extension's older and newer versions.
  That shows that the adapter finds what it needs, and nothing about the extension.

  Scenario Outline: the plan's scenarios, on a stand-in
    Given a package that is not the extension but has the catalogue of its <age> versions
    When the scenarios tagged "plan" run with that package
    Then "50 sessions rename users while 50 retitle posts" passed
    And "one session creates a TVIEW, one drops it, 49 write" passed
    And "the next client after a commit" passed
    And "20 prepared inserts, half committed, half rolled back" was skipped, because "it is for an engine that tells which rows a prepared transaction holds"
    And none failed

    Examples:
      | case           | age   |
      | older versions | older |
      | newer versions | newer |

  Scenario Outline: what is wrong is found through the adapter as well
    Given a package that is not the extension but has the catalogue of its <age> versions, and the seeded fault "no-flush-for-update"
    When the scenarios called "A child is inserted while its parent is renamed every permutation READ COMMITTED" run with that package
    Then "in every permutation of their steps" failed with "exact: every TVIEW equals its defining query: FAIL"
    And "in every permutation of their steps" failed with "tv_post as <view> states it, pk_post"

    Examples:
      | case           | age   | view                   |
      | older versions | older | public.v_post          |
      | newer versions | newer | tviews.public__tv_post |

  Scenario Outline: a package that cannot be used is refused
    Given <package>
    When the scenarios tagged "plan" run with that package
    Then the run was refused with "<sentence>"

    Examples:
      | case       | package                                  | sentence                                                 |
      | empty      | an empty package                         | holds 0 files pg_tviews.control                          |
      | no library | a package whose library is not a library | PostgreSQL did not start                                 |
      | no TVIEWs  | a package that makes no TVIEWs           | cannot make TVIEWs (it has no function pg_tviews_create) |

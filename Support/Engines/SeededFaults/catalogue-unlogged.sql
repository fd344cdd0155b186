-- Broken:    what the engine remembers of its TVIEWs stands in UNLOGGED tables: after a crash it knows none of them.
-- Seen:      catalogues in shared memory that are filled when TVIEWs are created, and never again.
-- Caught by: The server is killed › every process of the server is killed three times under write load
-- Contract:  live
ALTER TABLE tviews_reference.source SET UNLOGGED;
ALTER TABLE tviews_reference.tview SET UNLOGGED;

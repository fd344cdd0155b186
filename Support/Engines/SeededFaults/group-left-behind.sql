-- Broken:    a row that goes to another group leaves the old one as it was, where the group is nobody's key.
-- Seen:      engines that follow foreign keys both ways, and every other column of GROUP BY by the new row.
-- Caught by: The first row of an aggregate group from two sessions › a post goes from one group to another, where the group is nobody's key
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_capture', 'format(e.column3, listed)',
    'format(e.column3, listed, CASE WHEN ''kind'' = ANY (columns) THEN ''false'' ELSE ''true'' END)');
SELECT pg_temp.replace_in('tviews_reference.make_capture', 'FROM removed UNION ALL', 'FROM removed WHERE %2$s UNION ALL');

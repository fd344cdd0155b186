-- The path of each category.
WITH RECURSIVE path(id, name, path, depth) AS (
    SELECT id, name, name, 1 FROM category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, c.name, p.path || ' / ' || c.name, p.depth + 1
    FROM category c JOIN path p ON p.id = c.parent_id WHERE p.depth < 10)
SELECT id AS pk_category, name, path, depth FROM path

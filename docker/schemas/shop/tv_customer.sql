-- Those who are not deleted.
SELECT c.id AS pk_customer, c.email, c.name, c.settings, c.tags FROM customer c WHERE c.deleted_at IS NULL

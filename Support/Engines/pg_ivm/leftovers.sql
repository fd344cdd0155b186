SELECT format('catalogue row of a dropped IMMV (%s)', immvrelid::oid) FROM pgivm.pg_ivm_immv
WHERE immvrelid::oid NOT IN (SELECT oid FROM pg_class)

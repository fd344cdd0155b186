SELECT immvrelid::regclass::text FROM pgivm.pg_ivm_immv

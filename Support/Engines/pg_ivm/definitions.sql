SELECT immvrelid::regclass::text, pgivm.get_immv_def(immvrelid) FROM pgivm.pg_ivm_immv

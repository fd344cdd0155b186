SELECT pgivm.create_immv({name:literal}, {query:literal})

"""ODK expressions: text -> tokens -> tree -> a Python function."""

"""Released tables as people see them: tables, pictures and sentences in every language."""

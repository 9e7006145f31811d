"""Questionnaires as data: read, check, walk and ask them; knows nothing of the web or of a database."""

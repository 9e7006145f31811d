"""The plan of tables before a consultation opens: what it is, what it could show, and whether it can be protected."""

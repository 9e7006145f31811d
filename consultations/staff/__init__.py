"""The people who work with consultations: accounts, roles, keys and sessions."""

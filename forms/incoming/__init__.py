"""Answers that were given elsewhere: a table of them -> typed answers to a questionnaire, or a first questionnaire."""

"""A questionnaire put to members between two dates."""

"""A questionnaire in motion: answers in, what is relevant, required and wrong out."""

"""What can be wrong with a form, and what its author is told."""

"""What readers of a release could try to find out about single people, and what is taken out because of it."""

"""What `python -m forms` can be asked to do: a module for each command."""

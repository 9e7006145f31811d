"""A sample network, marked as synthetic everywhere, that shows the whole way."""

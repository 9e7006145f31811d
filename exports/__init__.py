"""A Document in, bytes out: HTML, charts and tagged PDF, without a network."""

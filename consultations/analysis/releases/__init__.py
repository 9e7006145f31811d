"""From prepared tables to published files: the gate, the release, and what was released before."""

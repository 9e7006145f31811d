"""Interviews, case studies and the themes that mark their passages."""

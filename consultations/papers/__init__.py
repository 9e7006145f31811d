"""Briefing papers, from draft to published."""

"""The application: from a questionnaire put to members to a briefing paper."""

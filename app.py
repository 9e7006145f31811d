"""The one place where everything is wired."""

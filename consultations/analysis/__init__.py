"""From opened answers to tables that protect the people in them."""

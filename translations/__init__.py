"""Languages, the order in which one stands in for another, and the words of the interface."""

"""Who the network is: regions, countries and member organisations."""

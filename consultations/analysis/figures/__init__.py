"""What released figures come to: means, shares, changes and indicators, none of them from anything unreleased."""

"""Measurements, run by hand: `python -m benchmarks` runs them all; docs/performance.md keeps the figures."""

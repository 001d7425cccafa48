"""Benchmarks: ratios side by side in one run, never a time to be promised."""

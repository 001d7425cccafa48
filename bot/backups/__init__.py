"""Bundles on their way out: written, kept in their place, and the old ones taken away."""

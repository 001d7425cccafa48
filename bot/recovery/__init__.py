"""Bundles on their way back: gathered, believed or not, and made an installation again."""

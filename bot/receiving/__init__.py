"""Updates on their way in, and the answers to those who wait."""

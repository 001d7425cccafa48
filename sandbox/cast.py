"""The people one plays with, and their languages."""

CAST = (("Alice", "en"), ("Bob", "en"), ("Carol", "ru"), ("Vera", "be"))

"""Keys that turn while the program runs, and PINs that are hashed."""

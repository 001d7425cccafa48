"""Court dates: claims that are entered, made sure, moved, told to those concerned and held."""

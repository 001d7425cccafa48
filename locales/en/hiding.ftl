hiding-line = Any four digits, please.

"""Messages on their way out, from the row that fell due to what became of it."""

"""What ships with Poruch as files: rule cards and risky words, each beside the schema it keeps to."""

"""Register files on their way into the database, and what the operator is told of them."""

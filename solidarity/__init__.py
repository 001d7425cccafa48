"""The rules: who may do what, what is due, what is possible, what is forgotten."""

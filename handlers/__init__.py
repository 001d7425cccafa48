"""Conversations: one module per kind of person; what they may do is decided in `solidarity`."""

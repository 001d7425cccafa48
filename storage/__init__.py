"""Tables and secrets: how a thing is kept and found, never whether it is allowed."""

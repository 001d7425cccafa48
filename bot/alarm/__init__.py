"""When somebody else seems to hold the token: what is stopped, and who learns of it."""

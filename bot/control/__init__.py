"""How the commands of this host talk to a running process."""

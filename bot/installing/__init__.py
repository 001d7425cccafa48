"""An installation from its making over its upgrades to its end."""

"""What the machine gives: folders, locks, disks and the unseal secret; and what it may refuse."""

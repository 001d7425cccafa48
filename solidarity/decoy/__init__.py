"""What a desk shows that was opened under duress: only what is public, and what seems to have been done."""

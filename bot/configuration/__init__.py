"""What the operator has set, read once and refused where it is not understood."""

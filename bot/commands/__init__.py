"""The commands of `poruch`, one small module each."""

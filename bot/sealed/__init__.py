"""The program without keys."""

"""Coordinators' conversations: the desk, what waits on it, prisoners and hearings."""

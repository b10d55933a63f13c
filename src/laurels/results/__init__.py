"""Leads an election from its draft to its result, and shows what was counted."""

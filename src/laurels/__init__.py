"""Laurels runs an international city award in public, with a vote that anyone can recount."""

"""Knows the years of the award, their moments and the phase that each is in."""

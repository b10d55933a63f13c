"""The ballot box as a process of its own: takes sealed ballots, keeps them, gives proofs."""

from laurels.ballotbox.box.application import application

__all__ = ["application"]

"""An election, what was put into its log, and how far the log has come."""

from laurels.ballotbox.models.election import Candidate, Election
from laurels.ballotbox.models.entry import Entry, Position, RejectedEntry
from laurels.ballotbox.models.log_state import LogState

__all__ = ["Candidate", "Election", "Entry", "LogState", "Position", "RejectedEntry"]

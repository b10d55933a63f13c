"""What pages of and about a vote print."""

"""Commands of the ballot box."""

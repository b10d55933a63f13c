"""The single writer of every log: takes staged entries in order, checks, appends, publishes."""

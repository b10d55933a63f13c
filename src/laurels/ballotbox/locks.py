"""PostgreSQL advisory locks that hold the log together; box and sequencer share these numbers."""

# Per election, for one transaction: whoever puts something before the log holds it, so that ids
# become visible in the order in which they were given out, and nothing slips past a close.
ORDER = 7331
# Of the whole database, for one session: held by the one sequencer that writes.
WRITER = 7332

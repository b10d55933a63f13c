"""What the foundation announces to the apps above it."""

from django.dispatch import Signal

# Sent by the worker about twice a minute with `now` (real time): delete what has had its day.
housekeeping_due = Signal()

# Both are sent with `batch` inside the transaction, so that a receiver that fails stops it. The
# first before letters go: who wrote them deletes from `batch.letters` what must not go any more.
batch_leaves = Signal()
# The second before letters are deleted: who wrote them takes back what says that they were written.
batch_discarded = Signal()

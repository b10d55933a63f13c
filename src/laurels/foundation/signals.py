"""What the foundation announces to the apps above it."""

from django.dispatch import Signal

# Sent by the worker about twice a minute with `now` (real time): delete what has had its day.
housekeeping_due = Signal()

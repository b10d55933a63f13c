from django.dispatch import Signal

# The result of an election is being told; sent with `election` in the transaction that tells it,
# so whatever a receiver writes or enqueues there stands or falls with it.
result_revealed = Signal()

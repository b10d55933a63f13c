from django.dispatch import Signal

# The result of an election has been told; sent after the commit with `election`.
result_revealed = Signal()

"""The outbox: a letter is written with its cause and sent afterwards.

What goes to many waits there for a person. Order of durability: write the letter in the
transaction of its cause, commit; note that its text goes out, commit; send; note that it was sent.
Whoever dies between the last two leaves a letter *in doubt*:
`docs/decisions/0009-letters-in-doubt.md` says what becomes of it.
"""

from laurels.foundation.outbox.batches import (
    BatchIsOfNoUse,
    BatchIsSettled,
    close_batch,
    discard,
    forget_batches,
    open_batch,
    release,
    send_sample,
    without_secrets,
)
from laurels.foundation.outbox.letters import boxes, channel, hold, oldest_wait, post, purge
from laurels.foundation.outbox.sending import send_next

__all__ = [
    "BatchIsOfNoUse",
    "BatchIsSettled",
    "boxes",
    "channel",
    "close_batch",
    "discard",
    "forget_batches",
    "hold",
    "oldest_wait",
    "open_batch",
    "post",
    "purge",
    "release",
    "send_next",
    "send_sample",
    "without_secrets",
]

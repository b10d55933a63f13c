"""The outbox: a letter is written with its cause and sent afterwards.

Order of durability: write the letter in the transaction of its cause, commit; note that its text
goes out, commit; send; note that it was sent. Whoever dies between the last two leaves a letter
*in doubt*: `docs/decisions/0009-letters-in-doubt.md` says what becomes of it.
"""

from laurels.foundation.outbox.letters import boxes, channel, oldest_wait, post, purge, release
from laurels.foundation.outbox.sending import send_next

__all__ = ["boxes", "channel", "oldest_wait", "post", "purge", "release", "send_next"]

"""A public vote that anyone can recount: sealed ballots in one append-only, witnessed log.

SPEC.md fixes every byte. Nothing here reads a clock; disk and network are only in `archive`,
in the command and in the spool of a recount.
"""

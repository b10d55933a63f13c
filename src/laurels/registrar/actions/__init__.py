"""What the registrar does. Each function is one transaction in its own database."""

from laurels.registrar.actions.codes import AskedCode, ConfirmedVoter, ask_for_code, confirm_code
from laurels.registrar.actions.offers import register_mailbox, register_mailboxes
from laurels.registrar.actions.registers import (
    GradeIsMissing,
    KeyDiffers,
    RegisterDiffers,
    extend_register,
    open_register,
)
from laurels.registrar.actions.tickets import sign_ticket, sign_ticket_of_voter, sign_tickets
from laurels.registrar.actions.unlinking import (
    StillLinked,
    VoteIsNotOver,
    purge_expired,
    shred_unlinked,
    sign_unlinked_statement,
    unlink_mailboxes,
)

__all__ = [
    "AskedCode",
    "ConfirmedVoter",
    "GradeIsMissing",
    "KeyDiffers",
    "RegisterDiffers",
    "StillLinked",
    "VoteIsNotOver",
    "ask_for_code",
    "confirm_code",
    "extend_register",
    "open_register",
    "purge_expired",
    "register_mailbox",
    "register_mailboxes",
    "shred_unlinked",
    "sign_ticket",
    "sign_ticket_of_voter",
    "sign_tickets",
    "sign_unlinked_statement",
    "unlink_mailboxes",
]

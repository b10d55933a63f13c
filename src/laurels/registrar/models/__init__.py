"""What the registrar keeps, all of it in its own database. No picks, no ballots."""

from laurels.registrar.models.register import (
    DailyCount,
    RegistrarElection,
    RegistrarMail,
    RegistrarRateCount,
)
from laurels.registrar.models.voter import Code, Mailbox, Ticket, VoterSession

__all__ = [
    "Code",
    "DailyCount",
    "Mailbox",
    "RegistrarElection",
    "RegistrarMail",
    "RegistrarRateCount",
    "Ticket",
    "VoterSession",
]

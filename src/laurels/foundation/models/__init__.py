"""What any site keeps: clocks, loaded records, kept files, mails, limits and the audit trail."""

from laurels.foundation.models.audit_event import AuditEvent
from laurels.foundation.models.clock_offset import ClockOffset
from laurels.foundation.models.heartbeat import Heartbeat
from laurels.foundation.models.kept_file import KeptFile
from laurels.foundation.models.loaded_record import LoadedRecord
from laurels.foundation.models.mail_batch import MailBatch
from laurels.foundation.models.outgoing_mail import Mail, OutgoingMail
from laurels.foundation.models.rate_count import RateCount, RateCounter

__all__ = [
    "AuditEvent",
    "ClockOffset",
    "Heartbeat",
    "KeptFile",
    "LoadedRecord",
    "Mail",
    "MailBatch",
    "OutgoingMail",
    "RateCount",
    "RateCounter",
]

"""What the registrar allows and how it reckons. Pure: told the time, writes nothing."""

from laurels.registrar.rules.addresses import (
    Address,
    domain_class,
    mailbox_digest,
    network_digest,
    read_address,
)
from laurels.registrar.rules.codes import (
    CODE_DIGITS,
    CODE_LIVES,
    CODE_TRIES,
    CODES_PER_MAILBOX,
    CODES_PER_NETWORK,
    LIMIT_PERIOD,
    VOTER_LIVES,
    code_hash,
    read_code,
    refusal_of_code,
)
from laurels.registrar.rules.tickets import (
    evidence_commitment,
    evidence_record,
    is_signed_already,
    refuse_outside_the_window,
)

__all__ = [
    "CODES_PER_MAILBOX",
    "CODES_PER_NETWORK",
    "CODE_DIGITS",
    "CODE_LIVES",
    "CODE_TRIES",
    "LIMIT_PERIOD",
    "VOTER_LIVES",
    "Address",
    "code_hash",
    "domain_class",
    "evidence_commitment",
    "evidence_record",
    "is_signed_already",
    "mailbox_digest",
    "network_digest",
    "read_address",
    "read_code",
    "refusal_of_code",
    "refuse_outside_the_window",
]

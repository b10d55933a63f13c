"""What each member of a manifest must look like (the table of SPEC section 4)."""

from collections.abc import Callable
from typing import Any

from ballotlog.notes import LOG_KEY, WITNESS_KEY, parse_vkey
from ballotlog.values import (
    array,
    base64_of,
    hexadecimal,
    integer,
    match,
    one_of,
    point,
    record,
    ten_minutes,
    text,
    time,
)

GRADE = match("[a-z0-9-]{1,16}")
RULE = match("[A-Za-z0-9.-]{1,16}")
NUMBER = integer(1, 999)
FORMAT = "laurels/manifest/v1"


def _vkey(kind: int) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        try:
            parse_vkey(value, kind)
        except (ValueError, AttributeError):
            return False
        return True

    return test


PERSON = {"name": text(200), "institution": text(200)}
MEMBERS = record(
    t=one_of("manifest"),
    format=one_of(FORMAT),
    election=match("[a-z0-9][a-z0-9./-]{0,63}"),
    title=text(200),
    origin=text(200),
    log=_vkey(LOG_KEY),
    at=time,
    opens_at=ten_minutes,
    closes_at=ten_minutes,
    closes_latest=ten_minutes,
    ceremony_at=time,
    grace_seconds=integer(0, 3600),
    candidates=array(record(n=NUMBER, id=match("[a-z0-9-]{1,32}"), name=text(200)), 1, 200),
    picks=record(min=integer(0, 200), max=integer(1, 200)),
    plaintext_size=integer(16, 1024),
    seats=integer(1, 200),
    tie=one_of("lot", "shared"),
    grades=array(GRADE, 1, 8),
    rules=record(ids=array(RULE, 0, 64), hash=hexadecimal(32)),
    registrar=point,
    reviewers=array(record(**PERSON, key=point), 0, 16),
    trustees=array(record(**PERSON, key=base64_of(65), proof=base64_of(64)), 1, 5),
    key=base64_of(65),
    witnesses=array(_vkey(WITNESS_KEY), 0, 16),
    quorum=record(open=integer(0, 16), final=integer(0, 16)),
)

"""What the stream reads from its environment, and its limits."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

TRUE = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True)
class StreamSettings:
    """`site_url` is the one origin of CORS.

    Granian queues what a reader does not take, without end: so a stream ends after `stream_bytes`
    or `stream_seconds`, and the reader comes back with the number of the last message it saw.
    `streams` leaves places of Granian's 4,096 connections to ballots.
    """

    database_url: str
    site_url: str
    is_demo: bool = False
    streams: int = 3_000
    stream_bytes: int = 256_000
    stream_seconds: float = 900.0
    heartbeat_seconds: float = 15.0
    votes_seconds: float = 2.0


def read_settings(environment: Mapping[str, str] = os.environ) -> StreamSettings:
    return StreamSettings(
        database_url=environment["DATABASE_URL"],
        site_url=environment["LAURELS_SITE_URL"].rstrip("/"),
        is_demo=environment.get("LAURELS_DEMO", "").lower() in TRUE,
    )

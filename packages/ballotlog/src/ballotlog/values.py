"""Tests of single values (SPEC section 1). Each takes any JSON value and never raises."""

import base64
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from ballotlog import p256

Test = Callable[[Any], bool]

CONTROL = re.compile("[\x00-\x1f\x7f]")
TIME = re.compile(
    "2[0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
)


def match(pattern: str) -> Test:
    """A text that the pattern matches whole."""
    found = re.compile(pattern).fullmatch
    return lambda value: isinstance(value, str) and found(value) is not None


def integer(low: int, high: int) -> Test:
    """An integer within both bounds; `true` is not 1."""
    return lambda value: type(value) is int and low <= value <= high


def text(size: int) -> Test:
    """1 to `size` bytes of UTF-8 without control characters."""
    return lambda value: (
        isinstance(value, str) and 1 <= len(value.encode()) <= size and not CONTROL.search(value)
    )


def one_of(*values: str) -> Test:
    return lambda value: isinstance(value, str) and value in values


def hexadecimal(size: int) -> Test:
    """Lower-case hex of `size` bytes."""
    return match(f"[0-9a-f]{{{2 * size}}}")


def array(item: Test, low: int, high: int) -> Test:
    return lambda value: (
        isinstance(value, list) and low <= len(value) <= high and all(map(item, value))
    )


def record(**members: Test) -> Test:
    """An object with exactly these members."""
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == members.keys()
        and all(test(value[name]) for name, test in members.items())
    )


def decode_base64(value: Any) -> bytes | None:
    """Bytes of RFC 4648 section 4 base64 with padding and zero trailing bits, else None."""
    if not isinstance(value, str) or not value.isascii():
        return None
    try:
        raw = base64.b64decode(value, validate=True)
    except ValueError:
        return None
    return raw if encode_base64(raw) == value else None


def encode_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def base64_of(size: int) -> Test:
    """Base64 of exactly `size` bytes."""
    return lambda value: (raw := decode_base64(value)) is not None and len(raw) == size


def point(value: Any) -> bool:
    """Base64 of an uncompressed P-256 point that is on the curve."""
    raw = decode_base64(value)
    return raw is not None and p256.is_point(raw)


def time(value: Any) -> bool:
    """`YYYY-MM-DDTHH:MM:SSZ`, a real date, years 2000 to 2999."""
    if not isinstance(value, str) or not TIME.fullmatch(value):
        return False
    try:
        return bool(_instant(value))
    except ValueError:
        return False


def ten_minutes(value: Any) -> bool:
    """A time on whole ten minutes."""
    return time(value) and str(value).endswith("0:00Z")


def unix_seconds(value: str) -> int:
    """Seconds since 1970 of a valid time."""
    return int(_instant(value).timestamp())


def later(value: str, seconds: int) -> str:
    """A valid time so many seconds on."""
    return (_instant(value) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def distinct(values: Iterable[object]) -> bool:
    every = list(values)
    return len(set(every)) == len(every)


def _instant(value: str) -> datetime:
    return datetime.strptime(value[:-1] + "+0000", "%Y-%m-%dT%H:%M:%S%z")

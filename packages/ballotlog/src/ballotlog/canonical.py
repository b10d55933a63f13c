"""Canonical JSON: RFC 8785 restricted to integers from 0 to 2^53 - 1 (SPEC section 3)."""

import json
import re
from typing import Any, NoReturn

import rfc8785

from ballotlog.errors import LogError

LARGEST_LEAF = 16_384
LARGEST_SMALL_LEAF = 4_096
DEEPEST = 16
INTEGER = re.compile("0|[1-9][0-9]{0,15}")
TWO_TO_53 = 2**53


def encode(value: Any) -> bytes:
    """The one canonical form. Raises ValueError for what has none."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def decode(leaf: bytes, index: int | None = None) -> dict[str, Any]:
    """The object of a leaf (step 7a). Raises LogError for any bytes but its canonical form."""
    if len(leaf) > LARGEST_LEAF:
        raise LogError("leaf-too-large", index)
    reader = _Reader()
    try:
        value = reader.read(leaf)
    except (ValueError, RecursionError):
        raise LogError("leaf-not-json", index) from None
    if not isinstance(value, dict) or _depth(value) > DEEPEST:
        raise LogError("leaf-not-json", index)
    if reader.has_other_forms or not _is_canonical(value, leaf):
        raise LogError("leaf-not-canonical", index)
    return value


def _is_canonical(value: dict[str, Any], leaf: bytes) -> bool:
    try:
        return encode(value) == leaf
    except ValueError:  # a lone surrogate
        return False


class _Reader:
    """json.loads, noting the numbers and repeated members that no canonical form has."""

    def __init__(self) -> None:
        self.has_other_forms = False

    def read(self, leaf: bytes) -> Any:
        return json.loads(
            leaf.decode(),
            parse_int=self._integer,
            parse_float=self._not_an_integer,
            parse_constant=_refuse,
            object_pairs_hook=self._members,
        )

    def _integer(self, digits: str) -> int:
        if INTEGER.fullmatch(digits) and int(digits) < TWO_TO_53:
            return int(digits)
        return self._not_an_integer(digits)

    def _not_an_integer(self, _: str) -> int:
        self.has_other_forms = True
        return 0

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        self.has_other_forms = True
        # Every value stays, under names of our own: nesting is judged before canonical form.
        return {f"{i}": value for i, (_, value) in enumerate(pairs)}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _depth(value: Any) -> int:
    """Levels of nesting, layer by layer, so that no hostile depth reaches Python's stack."""
    depth, layer = 0, [value]
    while layer := [item for item in layer if isinstance(item, (dict, list))]:
        depth += 1
        layer = [
            member
            for item in layer
            for member in (item.values() if isinstance(item, dict) else item)
        ]
    return depth

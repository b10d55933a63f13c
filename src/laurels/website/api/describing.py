"""An OpenAPI schema in words: what can be asked, and what comes back. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {
    "string": "text", "integer": "number", "number": "number", "boolean": "yes or no",
    "object": "object",
}  # fmt: skip
FORMATS = {"date-time": "instant", "date": "day"}


class Field(NamedTuple):
    """A parameter or a field of an answer: its name and what it holds, in plain words."""

    name: str
    kind: str


class Endpoint(NamedTuple):
    """One address that can be read."""

    path: str
    summary: str
    parameters: list[Field]
    fields: list[Field]


def described(schema: Mapping[str, Any]) -> list[Endpoint]:
    """Return every endpoint in the order of the schema."""
    shapes = schema["components"]["schemas"]
    return [
        Endpoint(
            path,
            operation.get("description", ""),
            [Field(each["name"], _kind(each["schema"])) for each in operation["parameters"]],
            _fields(operation, shapes),
        )
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]


def _fields(operation: Mapping[str, Any], shapes: Mapping[str, Any]) -> list[Field]:
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    shape = shapes[str(answer["$ref"]).rpartition("/")[2]]
    return [Field(name, _kind(said)) for name, said in shape.get("properties", {}).items()]


def _kind(said: Mapping[str, Any]) -> str:
    if "anyOf" in said:
        kinds = [_kind(each) for each in said["anyOf"] if each.get("type") != "null"]
        return f"{' or '.join(kinds)}, or null" if len(kinds) < len(said["anyOf"]) else kinds[0]
    if "$ref" in said:
        return _name(said)
    if said.get("type") == "array":
        return f"list of {_kind(said['items'])}"
    return FORMATS.get(said.get("format", ""), KINDS.get(said.get("type", ""), "text"))


def _name(said: Mapping[str, Any]) -> str:
    return str(said["$ref"]).rpartition("/")[2].removesuffix("Shape")

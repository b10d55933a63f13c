"""What can be wrong with a log, by the names of SPEC section 8."""


class LogError(Exception):
    """A check that failed: its code and the index it is reported at (None where SPEC says `-`)."""

    def __init__(self, code: str, index: int | None = None) -> None:
        super().__init__(code, index)
        self.code = code
        self.index = index

    def __str__(self) -> str:
        return self.code if self.index is None else f"{self.code} at {self.index}"


class Unreadable(Exception):  # noqa: N818 -- SPEC section 9 calls it so
    """An archive or a file that cannot be read at all (exit code 2)."""

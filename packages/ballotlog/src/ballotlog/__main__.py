"""The command `ballotlog` (SPEC section 9)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from ballotlog import canonical
from ballotlog.archive import read_file
from ballotlog.errors import LogError, Unreadable
from ballotlog.remote import open_archive
from ballotlog.report import failure, success
from ballotlog.verify import Options, Verification
from ballotlog.wording import explain_failure, explain_success

VERIFIED, FAILED, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 verified, 1 not verified, 2 usage or unreadable."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(as_json="--json" in given).parse_args(given)
    try:
        with TemporaryDirectory() as cache:
            report, words, code = _run(options, Path(cache))
    except Unreadable as error:
        print(f"ballotlog: {error}", file=sys.stderr)
        report, words, code = failure("unreadable"), "", UNREADABLE
    output = canonical.encode(report) + b"\n" if options.json else words.encode()
    sys.stdout.buffer.write(output)
    sys.stdout.flush()
    return code


def _run(options: argparse.Namespace, cache: Path) -> tuple[dict[str, object], str, int]:
    archive = open_archive(options.archive, cache)
    checks = Options(
        manifest_hash=options.manifest_hash,
        checkpoints=[read_file(name) for name in options.checkpoint],
        receipts=[read_file(name) for name in options.receipt],
        promises=[read_file(name) for name in options.promise],
        processes=options.processes,
    )
    try:
        checked = Verification(archive, checks)
    except LogError as error:
        return failure(error.code, error.index), explain_failure(error), FAILED
    report = success(checked)
    words = explain_success(report, checked.manifest, totals_only=options.command == "recount")
    return report, words, VERIFIED


class _Parser(argparse.ArgumentParser):
    as_json = False

    def error(self, message: str) -> NoReturn:
        """Usage: exit code 2, and with --json the report that says so."""
        if self.as_json:
            sys.stdout.write(canonical.encode(failure("unreadable")).decode() + "\n")
        super().error(message)


def _parser(*, as_json: bool) -> argparse.ArgumentParser:
    _Parser.as_json = as_json
    parser = _Parser(prog="ballotlog", description="Check and recount a public vote.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words in (
        ("verify", "check every entry of a log and say what was checked"),
        ("recount", "the same checks, and the totals"),
    ):
        command = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        command.add_argument("archive", help="a directory, a zip file or a URL")
        command.add_argument("--json", action="store_true", help="print the report of SPEC.md")
        command.add_argument("--manifest-hash", metavar="HEX", help="the hash on the poster")
        command.add_argument("--checkpoint", metavar="F", action="append", default=[])
        command.add_argument("--receipt", metavar="F", action="append", default=[])
        command.add_argument("--promise", metavar="F", action="append", default=[])
        command.add_argument("--processes", metavar="N", type=_count, default=2)
    return parser


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


if __name__ == "__main__":
    sys.exit(main())

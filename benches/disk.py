"""A really full disk under load: `./laurels bench disk [--json]`.

Database, log and keys lie on a small file system, which is filled to its last byte while ballots
are cast, and given back. Every promise must be kept, every refusal must say why, whoever was
refused must be taken afterwards, and the archive must verify.

    mount -t tmpfs -o size=300m none FOLDER
    LAURELS_DATA=FOLDER ./laurels bench disk
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

# What other processes run must be found by them too, however this file was loaded.
import _faults  # noqa: E402
import _stack  # noqa: E402

PORT = 8597
MOST_FREE = 2_000_000_000  # bytes; nobody's real disk is to be filled
ROUNDS = 3
CHUNK = 1 << 20


class FullDisk(_faults.Faults):
    """Instead of killing a process, takes its disk away and gives it back.

    The files of the load generator lie `elsewhere`, where there is room.
    """

    elsewhere: Path

    def run(self, requests: list[bytes], rounds: int) -> None:
        self.refused: Counter[str] = Counter()
        self.processes = {
            "box": _stack.box(self.data, self.port),
            "sequencer": _stack.sequencer(self.data),
        }
        try:
            _stack.wait_for(f"http://127.0.0.1:{self.port}/empty", self.processes["box"])
            share = len(requests) // rounds
            for number in range(rounds):
                self._round(number, requests[number * share :][:share], number * share)
            self._wait_for_the_log()
        finally:
            for process in self.processes.values():
                process.stop()

    def _round(self, number: int, requests: list[bytes], first: int) -> None:
        load = self._load(requests)
        time.sleep(_faults.LOAD_SECONDS / 4)
        ballast = fill(self.data)
        heard = load.finish()
        ballast.unlink()
        self._wait_until_it_answers()
        missed = []
        for request, status, _, _, body in heard.answers:
            if status == _stack.OK:
                self._promise(body, first + request)
            else:
                self.refused[code_of(status, body)] += 1
                missed.append(requests[request])
        again = self._load(missed or requests[:1]).finish()
        for request, status, _, _, body in again.answers:
            if status != _stack.OK:
                message = f"refused again with room on the disk: {status} {body[:200]!r}"
                raise RuntimeError(message)
            self._promise(body, first + request)
        self.log(f"round {number + 1}: refused {dict(self.refused)}, then taken {len(missed)}")

    def _load(self, requests: list[bytes]) -> _stack.LoadProcess:
        return _stack.LoadProcess(
            self.elsewhere,
            requests,
            port=self.port,
            connections=_faults.CONNECTIONS,
            seconds=_faults.LOAD_SECONDS,
            rate=_faults.RATE,
        )


def fill(folder: Path) -> Path:
    """Write until not one byte more fits; return the file that takes the room."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = CHUNK
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    return ballast


def code_of(status: int, body: bytes) -> str:
    """The stable code of a refusal. Raise RuntimeError where there is none: that is no answer."""
    try:
        return str(json.loads(body)["error"]["code"])
    except (ValueError, KeyError, TypeError):
        message = f"an answer without a code: {status} {body[:200]!r}"
        raise RuntimeError(message) from None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench disk", description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    data = Path(os.environ["LAURELS_DATA"])
    if shutil.disk_usage(data).free > MOST_FREE:
        parser.error(
            "this disk has more than 2 GB free, which is somebody's: mount a small one"
            " (mount -t tmpfs -o size=300m none FOLDER) and set LAURELS_DATA=FOLDER."
        )
    report = run(data, quiet=options.json)
    print(json.dumps(report) if options.json else words(report))
    return 0 if report["verified"] and not report["lost"] + report["twice"] else 1


def run(data: Path, *, quiet: bool) -> dict[str, object]:
    voters, poll = _faults.stage(data, "disk", PORT)
    requests = voters.casts(ROUNDS * int(_faults.LOAD_SECONDS * _faults.RATE))
    disk = FullDisk(
        data=data,
        port=PORT,
        database_url=os.environ["DATABASE_URL"],
        slug="disk",
        start_database=None,
        log=(lambda _: None) if quiet else (lambda line: print(line, flush=True)),
    )
    with tempfile.TemporaryDirectory() as folder:
        disk.elsewhere = Path(folder)
        disk.run(requests, ROUNDS)
    refused = {"refused": dict(disk.refused)}
    return {"bench": "disk", **disk.audit(poll.election.manifest_hash), **refused}


def words(report: dict[str, object]) -> str:
    verified = "verifies" if report["verified"] else "does NOT verify"
    return (
        f"A full disk {ROUNDS} times under load: {report['promised']} ballots promised,"
        f" {report['lost']} lost, {report['twice']} twice, refused by code {report['refused']};"
        f" the archive {verified}."
    )


if __name__ == "__main__":
    sys.exit(main())

"""How many ballots a second the box accepts: `./laurels bench intake [--json]`.

Real HTTP, sealed ballots under real tickets, fsync on, the sequencer running, and the load
generator on the same cores. Beside it, in the same run: the same server answering an empty POST,
and a plain Django view that inserts one row for each request.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

# What other processes run must be found by them too, however this file was loaded.
import _stack  # noqa: E402
from _stack import OK, Heard, LoadProcess  # noqa: E402

PORT = 8591
WARM = 2.0
CONNECTIONS = 256
LOG_SECONDS = 60.0
# Ballots made beforehand, for full and half load together, by the second of one load.
MOST_PER_SECOND = 9_500


class Intake:
    """One run: the processes, the ballots, the measurements in their order."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.data = Path(os.environ["LAURELS_DATA"])
        for folder in ("keys", "logs"):
            shutil.rmtree(self.data / folder, ignore_errors=True)
        import django

        django.setup()
        self.cpu: dict[str, float] = {}
        self._make_election()

    def _make_election(self) -> None:
        from _voters import Voters
        from django.conf import settings

        from laurels.foundation import clock
        from tests.factories.ballotbox import make_poll

        self.poll = make_poll(settings.KEYS, now=clock.now(), slug="intake")
        self.voters = Voters(
            self.poll.manifest_leaf,
            self.poll.registrar.private_numbers().private_value,
            self.poll.election.slug,
            PORT,
            settings.SITE_URL,
        )

    def run(self) -> dict[str, Any]:
        check_durability()
        box, sequencer = _stack.box(self.data, PORT), _stack.sequencer(self.data)
        try:
            _stack.wait_for(f"http://127.0.0.1:{PORT}/empty", box)
            empty = self._load([self.voters.request("/empty", b"{}")], repeat=True, connections=64)
            ballots = self.voters.casts(int((WARM + self.seconds) * MOST_PER_SECOND))
            before = self._cpu(box, sequencer)
            load = self._start(ballots)
            full = load.finish()
            self._note_cpu(before, self._cpu(box, sequencer), full)
            rate = full.per_second(WARM, self.seconds)
            half = self._load(ballots[full.sent :], rate=rate / 2)
            lost = self._lost(full, half)
        finally:
            box.stop()
            sequencer.stop()
        django_rate = self._django()
        return {
            "bench": "intake",
            "accepted_per_second": round(rate),
            "p50_ms": round(half.percentile_ms(0.5, WARM), 1),
            "p99_ms": round(half.percentile_ms(0.99, WARM), 1),
            "empty_per_second": round(empty.per_second(WARM, self.seconds)),
            "django_per_second": round(django_rate),
            "lost": lost,
        }

    def _start(self, requests: list[bytes], **options: Any) -> LoadProcess:
        usual = {"port": PORT, "connections": CONNECTIONS, "seconds": WARM + self.seconds}
        return LoadProcess(self.data, requests, **(usual | options))

    def _load(self, requests: list[bytes], **options: Any) -> Heard:
        return self._start(requests, **options).finish()

    def _lost(self, *loads: Heard) -> int:
        """Accepted ballots that the published log, verified whole, does not hold."""
        from hashlib import sha256

        from laurels.ballotbox.models import Position
        from tests.ballotbox.audit import assert_log_is_sound

        promised = {
            sha256(b"\0" + json.loads(body)["leaf"].encode()).digest()
            for heard in loads
            for _, status, _, _, body in heard.answers
            if status == OK
        }
        until = time.monotonic() + LOG_SECONDS
        waiting = self.poll.election.entries.filter(position__isnull=True)
        while waiting.exists() and time.monotonic() < until:
            time.sleep(0.2)
        assert_log_is_sound(self.poll.election, self.data / "logs")
        logged = Position.objects.filter(election=self.poll.election)
        hashes = {bytes(hashed) for hashed in logged.values_list("leaf_hash", flat=True)}
        return len(promised - hashes)

    def _django(self) -> float:
        command = "-m granian --interface wsgi --workers 1 --blocking-threads 8 --no-access-log"
        port = PORT + 1
        server = _stack.Process(
            "django",
            *f"{command} --log-level warning --port {port} _django_rows:application".split(),
            data=self.data,
            environment={"PYTHONPATH": str(Path(__file__).parent)},
        )
        try:
            _stack.wait_for(f"http://127.0.0.1:{port}/empty", server)
            request = self.voters.request("/rows", b"x" * 600)
            heard = self._load([request], port=port, connections=64, repeat=True)
        finally:
            server.stop()
        return heard.per_second(WARM, self.seconds)

    def _cpu(self, box: _stack.Process, sequencer: _stack.Process) -> dict[str, float]:
        from django.db import connection

        connection.ensure_connection()
        pids = {
            "box": box.process.pid,
            "sequencer": sequencer.process.pid,
            "postgresql": _stack.postmaster(connection.connection),
        }
        children = os.times()
        generator = {"load generator": children.children_user + children.children_system}
        return {name: _stack.cpu_seconds(pid) for name, pid in pids.items()} | generator

    def _note_cpu(self, before: dict[str, float], after: dict[str, float], heard: Heard) -> None:
        """Microseconds of each process for each accepted ballot."""
        accepted = sum(1 for answer in heard.answers if answer[1] == OK)
        for name, start in before.items():
            self.cpu[name] = (after[name] - start) * 1e6 / max(1, accepted)


def check_durability() -> None:
    """Raise RuntimeError unless the server waits for its disk: else nothing is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit"):
            cursor.execute(f"show {name}")
            if cursor.fetchone() != ("on",):
                message = f"PostgreSQL runs with {name} off: switch it on for this measurement"
                raise RuntimeError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench intake", description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args(arguments)
    intake = Intake(options.seconds)
    report = intake.run()
    print(json.dumps(report) if options.json else words(report, intake.cpu))
    return 1 if report["lost"] else 0


def words(report: dict[str, Any], cpu: dict[str, float]) -> str:
    accepted = report["accepted_per_second"]
    costs = ", ".join(f"{name} {cost:.0f}" for name, cost in cpu.items())
    return (
        f"{accepted} sealed ballots a second accepted: {accepted / report['empty_per_second']:.2f}"
        f" of the same server's empty POST ({report['empty_per_second']}) and"
        f" {accepted / report['django_per_second']:.1f} times a Django view with one insert"
        f" ({report['django_per_second']}).\nAt half load: p50 {report['p50_ms']} ms,"
        f" p99 {report['p99_ms']} ms. Lost: {report['lost']}.\n"
        f"Processor time, microseconds a ballot at full load: {costs}."
    )


if __name__ == "__main__":
    sys.exit(main())

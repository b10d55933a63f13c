"""How soon all people in a live room see a question: `./laurels bench room [--people 2000]`.

A moderator's action shows a question; each reader holds a real stream of server-sent events. Time
runs from before the action to the bytes in the reader's socket. Beside it, in the same run: the
stream as one writes it first (Starlette, a queue a reader), and people whose page asks every five
seconds. `rss_mb` is the resident memory of box and site, masters and workers, while all are
connected: pages that they share are counted once (Linux: PSS). `rss_summed_mb` adds up what each
process has by itself, and counts shared pages as often as they are shared.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import _stack  # noqa: E402

PORT = 8595
QUESTIONS = 20
BEAT = 0.6  # seconds between two questions
WARM_LOADS = 20
LAST_WAIT = 8.0  # until whoever asks every five seconds has asked
MB = 1_000_000


class Room:
    """One run: seminar, processes, readers, questions."""

    def __init__(self, people: int) -> None:
        import django

        django.setup()
        self.people = people
        self.data = Path(os.environ["LAURELS_DATA"])
        from django.core.management import call_command

        # The site's pages name their style sheets by hash.
        call_command("collectstatic", verbosity=0, interactive=False)
        self.seminar = make_seminar()
        self.asked = 0
        self.rss_mb = self.rss_summed_mb = 0.0

    def run(self) -> dict[str, Any]:
        site, box = site_process(self.data), _stack.box(self.data, PORT)
        try:
            _stack.wait_for(f"http://127.0.0.1:{PORT}/empty", box)
            warm(site, f"http://127.0.0.1:{PORT + 1}/seminars/")
            path = f"/live/{self.seminar.pk}"
            streamed = self._measure(PORT, path, [site, box])
            asking = self._measure(PORT, f"{path}/messages?after={self._last()}?ask", [])
        finally:
            box.stop()
            site.stop()
        plain = self._plain()
        return {
            "bench": "room",
            "people": self.people,
            "p50_ms": percentile(streamed, 0.5),
            "p99_ms": percentile(streamed, 0.99),
            "rss_mb": round(self.rss_mb),
            "rss_summed_mb": round(self.rss_summed_mb),
            "plain_p50_ms": percentile(plain, 0.5),
            "plain_p99_ms": percentile(plain, 0.99),
            "asking_p50_ms": percentile(asking, 0.5),
            "asking_p99_ms": percentile(asking, 0.99),
        }

    def _plain(self) -> list[float]:
        command = "-m granian --interface asgi --workers 1 --loop uvloop --backpressure 4096"
        options = f"--no-access-log --log-level warning --port {PORT + 2}"
        server = _stack.Process(
            "plain",
            *f"{command} {options} _plain_stream:application".split(),
            data=self.data,
            environment={"PYTHONPATH": str(Path(__file__).parent)},
        )
        try:
            _stack.wait_for(f"http://127.0.0.1:{PORT + 2}/empty", server)
            return self._measure(PORT + 2, f"/live/{self.seminar.pk}", [])
        finally:
            server.stop()

    def _last(self) -> int:
        from laurels.seminars.models import Room

        return int(Room.objects.get(seminar=self.seminar).last_number)

    def _measure(self, port: int, path: str, weighed: list[_stack.Process]) -> list[float]:
        """Show QUESTIONS; return the seconds of everybody, infinite where a question never came."""
        out = self.data / "watchers.pickle"
        arguments = [str(port), path, str(self.people), "120", str(out)]
        watchers = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "_watchers.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        if watchers.stdout is None or watchers.stdin is None or not watchers.stdout.readline():
            message = "the people could not enter the room"
            raise RuntimeError(message)
        shown = {}
        for _ in range(QUESTIONS):
            time.sleep(BEAT)
            number = self.asked
            shown[number] = self._show()
        time.sleep(LAST_WAIT if path.endswith("?ask") else 2)
        if weighed:
            self._weigh(weighed)
        watchers.stdin.write(b"end\n")
        watchers.stdin.flush()
        watchers.wait(20)
        heard = pickle.loads(out.read_bytes())  # noqa: S301 -- our own file
        return taken(shown, heard, self.people)

    def _weigh(self, processes: list[_stack.Process]) -> None:
        found = [one for each in processes for one in _stack.family(each.process.pid)]
        self.rss_summed_mb = sum(one.memory_info().rss for one in found) / MB
        full = [one.memory_full_info() for one in found]
        self.rss_mb = sum(getattr(each, "pss", each.rss) for each in full) / MB

    def _show(self) -> float:
        from laurels.seminars import actions

        self.asked += 1
        now = datetime.now(UTC)
        text = f"bench question {self.asked}: who pays for the care of the park in winter?"
        guest = actions.Guest(b"k" * 31 + bytes([self.asked]), bytes([self.asked]) * 32)
        asked = actions.Asked(text, "Lars", None, "en")
        question = actions.ask_question(
            seminar=self.seminar, guest=guest, asked=asked, now=now, award_now=now
        )
        started = time.monotonic()
        actions.show_question(
            seminar=self.seminar,
            question_id=question.pk,
            version=0,
            person_name="bench",
            now=now,
        )
        return started


def make_seminar() -> Any:
    from laurels.seminars.models import Room
    from tests.factories.editions import make_edition
    from tests.factories.seminars import make_seminar as make

    now = datetime.now(UTC)
    seminar = make(make_edition(2023), starts_at=now, ends_at=now + timedelta(hours=2))
    Room.objects.create(seminar=seminar)
    return seminar


def site_process(data: Path) -> _stack.Process:
    command = ("-m", "laurels.config.serve", "site", "127.0.0.1", f"{PORT + 1}")
    return _stack.Process("site", *command, data=data, environment=_stack.MINE)


def warm(site: _stack.Process, page: str) -> None:
    """Load a page until it comes, and then often enough that the site holds what it will hold."""
    until = time.monotonic() + _stack.START_SECONDS
    loaded = 0
    while loaded < WARM_LOADS:
        if not site.is_running or time.monotonic() > until:
            message = f"the site did not start; see {site.log}"
            raise RuntimeError(message)
        try:
            with urllib.request.urlopen(page, timeout=20) as answer:  # noqa: S310 -- our own
                loaded += bool(answer.read())
        except OSError:
            time.sleep(0.1)


def taken(shown: dict[int, float], heard: dict[int, list[float]], people: int) -> list[float]:
    """Seconds for each person and question; who never heard it waits for ever."""
    found = []
    for number, started in shown.items():
        times = [at - started for at in heard.get(number + 1, [])]
        found += times + [float("inf")] * (people - len(times))
    return sorted(found)


def percentile(seconds: list[float], share: float) -> float | None:
    """Milliseconds; None where so many never heard the question."""
    at = seconds[int((len(seconds) - 1) * share)]
    return None if at == float("inf") else round(at * 1_000, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench room", description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=2_000)
    options = parser.parse_args(arguments)
    report = Room(options.people).run()
    print(json.dumps(report) if options.json else words(report))
    return 0 if report["p99_ms"] is not None else 1


def words(report: dict[str, Any]) -> str:
    return (
        f"{report['people']} people see a shown question after p50 {report['p50_ms']} ms,"
        f" p99 {report['p99_ms']} ms; box and site hold {report['rss_mb']} MB"
        f" ({report['rss_summed_mb']} where shared pages are counted again).\n"
        f"A plain stream: p50 {report['plain_p50_ms']} ms, p99 {report['plain_p99_ms']} ms."
        f" Asking every five seconds: p50 {report['asking_p50_ms']} ms,"
        f" p99 {report['asking_p99_ms']} ms."
    )


if __name__ == "__main__":
    sys.exit(main())

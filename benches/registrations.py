"""How many people register in a minute: `./laurels bench registrations [--people 600]`.

Each opens the form, sends it for two seminars, and presses the button of the letter; a third of
them meet a full seminar and wait. The site runs as it runs for people, with a worker that sends
the letters beside it. The baseline is the form alone, opened as often by as many: what any page of
this site costs without a registration. `p95_ms` is of the form's own answer; `cpu_ms_each` is what
site, worker and database spend on one person, however busy the machine is with other things: two
cores have 240 ms for each of 500 in a minute.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import _stack  # noqa: E402

PORT = 8695
SITE = f"http://127.0.0.1:{PORT}"
AT_ONCE = 8
MINUTE = 60.0


class Registrations:
    def __init__(self, people: int) -> None:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)
        self.people = people
        self.data = Path(os.environ["LAURELS_DATA"])
        self.errors = 0
        self.seconds: list[float] = []
        make_seminars(capacity=people * 2 // 3)

    def run(self) -> dict[str, Any]:
        site = _stack.Process(
            "site",
            *f"-m laurels.config.serve site 127.0.0.1 {PORT}".split(),
            data=self.data,
            environment=_stack.MINE,
        )
        worker = _stack.Process(
            "worker", *["-m", "django", "run_worker"], data=self.data, environment=_stack.MINE
        )
        try:
            wait_for(f"{SITE}/seminars/2023/register/", site)
            form = self._per_minute(self._open)
            pids = [site.process.pid, worker.process.pid, postmaster()]
            before = sum(map(_stack.cpu_seconds, pids))
            registered = self._per_minute(self._register)
            spent = sum(map(_stack.cpu_seconds, pids)) - before
        finally:
            worker.stop()
            site.stop()
        return {
            "bench": "registrations",
            "people": self.people,
            "per_minute": registered,
            "errors": self.errors + self._missing(),
            "p95_ms": round(sorted(self.seconds)[int(len(self.seconds) * 0.95)] * 1000, 1),
            "cpu_ms_each": round(spent / self.people * 1000, 1),
            "baseline": "the form alone, opened as often",
            "baseline_per_minute": form,
        }

    def _per_minute(self, deed: Callable[[int], None]) -> int:
        started = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(self._counting_errors(deed), range(self.people)):
                pass
        return round(self.people * MINUTE / (time.monotonic() - started))

    def _counting_errors(self, deed: Callable[[int], None]) -> Callable[[int], None]:
        def run(number: int) -> None:
            try:
                deed(number)
            except OSError:
                self.errors += 1

        return run

    def _open(self, _number: int) -> None:
        ask(f"{SITE}/seminars/2023/register/")

    def _register(self, number: int) -> None:
        self._open(number)
        address = f"person{number}@example.org"
        started = time.monotonic()
        ask(
            f"{SITE}/seminars/2023/register/",
            {"seminars": [1, 2], "zone": "America/Bogota", "address": address, "consent": "on"},
        )
        self.seconds.append(time.monotonic() - started)
        ask(f"{SITE}/seminars/mine/{token_of(address)}/confirm/", {"confirm": "yes"})

    def _missing(self) -> int:
        """Count who did not get what they came for: a seat, or a place in the queue."""
        from laurels.seminars.models import Registration

        return 2 * self.people - Registration.objects.standing().count()


def ask(url: str, fields: dict[str, Any] | None = None) -> None:
    """Ask as a browser does, and follow where it leads; any refusal is an OSError."""
    data = urllib.parse.urlencode(fields, doseq=True).encode() if fields else None
    with urllib.request.urlopen(url, data, timeout=20) as answer:  # noqa: S310 -- our own
        answer.read()


def token_of(address: str) -> str:
    from django.db import connection

    from laurels.seminars.models import Registrant

    try:
        return str(Registrant.objects.values_list("token", flat=True).get(canonical=address))
    except Registrant.DoesNotExist:
        raise ConnectionError(address) from None
    finally:
        connection.close()


def postmaster() -> int:
    from django.db import connection

    connection.ensure_connection()
    return int(_stack.postmaster(connection.connection))


def make_seminars(capacity: int) -> None:
    from tests.factories.editions import make_edition
    from tests.factories.library import make_library
    from tests.factories.seminars import make_seminar

    make_library()
    edition = make_edition(2023)
    soon = datetime.now(UTC) + timedelta(days=3)
    for number in (1, 2, 3, 4):
        day = soon + timedelta(days=number)
        make_seminar(edition, number, starts_at=day, capacity=capacity)


def wait_for(page: str, site: _stack.Process) -> None:
    until = time.monotonic() + _stack.START_SECONDS
    while True:
        try:
            return ask(page)
        except OSError:
            if not site.is_running or time.monotonic() > until:
                message = f"the site did not start; see {site.log}"
                raise RuntimeError(message) from None
            time.sleep(0.2)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench registrations")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=600)
    options = parser.parse_args(arguments)
    report = Registrations(options.people).run()
    print(json.dumps(report) if options.json else words(report))
    return 0 if not report["errors"] else 1


def words(report: dict[str, Any]) -> str:
    return (
        f"{report['per_minute']} registrations a minute (form, sending, confirming), "
        f"{report['errors']} errors; the form answers within {report['p95_ms']} ms (p95).\n"
        f"The form alone: {report['baseline_per_minute']} a minute."
    )


if __name__ == "__main__":
    sys.exit(main())

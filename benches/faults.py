"""kill -9 under load: `./laurels bench faults --rounds 50 [--json]`.

Box, PostgreSQL, sequencer and worker are killed in turn at random moments while ballots are cast.
At the end every promise must be kept, no ballot may stand in the log twice, and the archive must
verify.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

# What other processes run must be found by them too, however this file was loaded.
import _faults  # noqa: E402

PORT = 8595


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench faults", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error("at least one round")
    report = run(options.rounds, quiet=options.json)
    print(json.dumps(report) if options.json else words(report))
    return 0 if report["verified"] and not report["lost"] + report["twice"] else 1


def run(rounds: int, *, quiet: bool) -> dict[str, object]:
    """Make an election, cast and kill, audit. `main` of a bench has the databases ready."""
    from laurels.config.postgres import Server

    data = Path(os.environ["LAURELS_DATA"])
    voters, poll = _faults.stage(data, "faults", PORT)
    server = Server(data)
    # Somebody else's server is not ours to kill.
    is_ours = os.environ["DATABASE_URL"] == server.url("laurels")
    faults = _faults.Faults(
        data=data,
        port=PORT,
        database_url=os.environ["DATABASE_URL"],
        slug="faults",
        start_database=server.start if is_ours else None,
        log=(lambda _: None) if quiet else (lambda line: print(line, flush=True)),
    )
    each = int(_faults.LOAD_SECONDS * _faults.RATE)
    faults.run(voters.casts(rounds * each), rounds)
    return {"bench": "faults", "rounds": rounds, **faults.audit(poll.election.manifest_hash)}


def words(report: dict[str, object]) -> str:
    verified = "verifies" if report["verified"] else "does NOT verify"
    return (
        f"{report['rounds']} kills under load: {report['promised']} ballots promised,"
        f" {report['lost']} lost, {report['twice']} twice; the archive {verified}."
    )


if __name__ == "__main__":
    sys.exit(main())

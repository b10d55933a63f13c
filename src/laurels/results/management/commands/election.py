"""`election`: look at an election, or take its next step, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from laurels.ballotbox.models import Election
from laurels.foundation import clock
from laurels.results import actions, keys, log_reading, rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric import ec
    from django.core.management.base import CommandParser

PERSON = "command line"
DEEDS: dict[str, Callable[..., None]] = {
    "rehearse": actions.rehearse_election,
    "open": actions.open_election,
    "close": actions.close_election,
    "freeze": actions.freeze_election,
    "count": actions.publish_result,
    "reveal": actions.reveal_result,
}


class Command(BaseCommand):
    help = "Shows where an election stands, or takes a step of its life."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = ["status", *DEEDS, "unlink", "open_keys"]
        parser.add_argument("deed", choices=sorted(deeds))
        parser.add_argument("--election", required=True, metavar="SLUG")
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="POSITION=FILE",
            help="A trustee's key for unlink and open_keys: its position from 0, its PEM file.",
        )

    def handle(self, *_args: Any, deed: str, election: str, key: list[str], **_: Any) -> None:
        found = Election.objects.select_related("edition").filter(slug=election).first()
        if found is None:
            raise CommandError(f"There is no election “{election}”. Look in /cms/elections/.")
        try:
            if deed != "status":
                self._take(deed, found, key)
        except actions.REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(found)

    def _take(self, deed: str, election: Election, given: list[str]) -> None:
        told: dict[str, Any] = {
            "election": election,
            "person_name": PERSON,
            "now": clock.award_now(election.clock_name),
        }
        if deed == "unlink":
            position, key = next(iter(_trustees(election, given).items()))
            actions.unlink_election(trustee=position, trustee_key=key, **told)
        elif deed == "open_keys":
            found = _trustees(election, given)
            scalars = {position: keys.scalar_of(key) for position, key in found.items()}
            actions.open_ballots(scalars=scalars, **told)
        else:
            DEEDS[deed](**told)

    def _tell(self, election: Election) -> None:
        election.refresh_from_db()
        facts = log_reading.facts_of(election)
        now = clock.award_now(election.clock_name)
        self.stdout.write(f"{election.slug}: {rules.state(facts).value}")
        if step := rules.next_step(facts):
            self.stdout.write(f"next: {step.value}")
            for missing in rules.missing_for(step, facts, now):
                self.stdout.write(f"  {missing}")


def _trustees(election: Election, given: list[str]) -> dict[int, ec.EllipticCurvePrivateKey]:
    """Return the keys on the command line by position; in a demo those on this host."""
    if not given:
        positions = election.trustees.values_list("position", flat=True)
        return {position: keys.demo_trustee(election, position) for position in positions}
    found = {}
    for each in given:
        position, equals, path = each.partition("=")
        if not (equals and position.isdecimal()):
            raise CommandError(f"“{each}” is not POSITION=FILE, for example 0=trustee.pem.")
        found[int(position)] = keys.read_secret(Path(path))
    return found

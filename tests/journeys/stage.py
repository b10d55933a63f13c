"""Fills the databases of the running award with elections; run once by its fixture.

Prints, for each election, what only a test may know: the key that opens its ballots.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import django

MODERATOR_SESSION = "moderator0session0of0the0journey"
SECRETARY = "secretary@award.example"
# Who comes to the fourth seminar of 2023: address, zone and language.
GUESTS = (
    ("guest-in-bogota@example.org", "America/Bogota", "en"),
    ("guest-in-cairo@example.org", "Africa/Cairo", "ar"),
)
FOCUS_EDITOR = "focus.editor@award.example"
FOCUS_SIGNERS = {
    "World Association of the Major Metropolises": "sign@metropolis.example",
    "United Cities and Local Governments": "sign@uclg.example",
}


def main() -> None:
    django.setup()

    from django.conf import settings

    from laurels.ballotbox.rules import rounded_down
    from laurels.foundation import clock

    now = rounded_down(clock.now())
    day, hour = timedelta(days=1), timedelta(hours=1)
    windows = {
        "open": (now - day, now + 7 * day),
        "last-hour": (now - day, now + hour / 2),
        "early": (now + day, now + 7 * day),
        "closed": (now - 7 * day, now - day),
    }
    keys = {slug: make_election(settings.KEYS, slug, *window) for slug, window in windows.items()}
    # The public pages tell of the edition's own vote, on the edition's own clock.
    of_2023 = (datetime(2023, 10, 31, 16, tzinfo=UTC), datetime(2023, 11, 30, 16, tzinfo=UTC))
    keys["2023"] = make_election(settings.KEYS, "2023", *of_2023, clock_name="edition-2023")
    clock.advance("edition-2023", datetime(2023, 11, 5, 9, tzinfo=UTC))
    fill_a_case()
    make_moderator()
    make_focus_people()
    make_secretary_and_guests()
    json.dump(keys, sys.stdout)


def fill_a_case() -> None:
    """Tell one case to its end: the award's own record holds no such one yet."""
    from laurels.library.models import InitiativePage
    from tests.factories.library import tell_story

    tell_story(InitiativePage.objects.get(slug="2018-wuhan"))


def make_moderator() -> None:
    """Sign in somebody who moderates the first two seminars of 2023, under a known session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from laurels.accounts.models import Person
    from laurels.foundation import clock
    from laurels.seminars.models import Seminar

    person = Person.objects.create_user("moderator@award.example", name="Mo")
    for seminar in Seminar.objects.filter(edition__year=2023, number__in=[1, 2]):
        seminar.moderators.add(person)
        seminar.save()
    kept = {
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: person.get_session_auth_hash(),
    }
    Session.objects.create(
        session_key=MODERATOR_SESSION,
        session_data=SessionStore().encode(kept),
        expire_date=clock.now() + timedelta(days=1),
    )


def make_secretary_and_guests() -> None:
    """Enter somebody of the secretariat, and the guests of a seminar that will be moved."""
    from django.contrib.auth.models import Group

    from laurels.accounts.enums import Role
    from laurels.accounts.models import Person
    from laurels.foundation import clock
    from laurels.seminars.actions import Details
    from laurels.seminars.models import Seminar
    from tests.factories.seminars import come

    secretary = Person.objects.create_user(SECRETARY, name="Mei Lin", is_staff=True)
    secretary.groups.add(Group.objects.get(name=Role.SECRETARIAT))
    seminar = Seminar.objects.get(edition__year=2023, number=4)
    award_now = clock.award_now(seminar.edition.clock_name)
    for address, zone, language in GUESTS:
        come(address, seminar, award_now=award_now, details=Details(zone=zone, language=language))


def make_focus_people() -> None:
    """Enter an editor of FOCUS, and one person each who signs for two partners."""
    from laurels.accounts.models import Person
    from laurels.focus.models import Signatory
    from laurels.partners.models import Partner

    Person.objects.create_superuser(FOCUS_EDITOR, name="Mei Lin")
    for name, address in FOCUS_SIGNERS.items():
        partner = Partner.objects.get(name=name)
        Signatory.objects.create(
            partner=partner, name=f"Signer of {partner.short_name}", email=address
        )


def make_election(
    keys: object, slug: str, opens_at: datetime, closes_at: datetime, clock_name: str = ""
) -> str:
    """Publish an election of the fifteen and open its register; return its opening key in hex."""
    from laurels.ballotbox.actions import NewCandidate
    from laurels.editions.models import Edition
    from laurels.library.models import InitiativePage
    from laurels.registrar.actions import open_register
    from tests.factories.ballotbox import make_poll, point

    edition = Edition.objects.get(year=2023)
    shortlist = InitiativePage.objects.shortlisted_in(edition).select_related("city")
    poll = make_poll(
        keys,
        now=opens_at,
        slug=slug,
        title="City of Your Choice",
        opens_at=opens_at,
        closes_at=closes_at,
        edition=edition,
        clock_name=clock_name,
        candidates=[
            NewCandidate(number, initiative.slug, initiative.city.name, initiative)
            for number, initiative in enumerate(shortlist, 1)
        ],
    )
    open_register(
        slug=slug,
        election_id=poll.election.election_id,
        title=poll.election.title,
        host_timezone=edition.host_timezone,
        opens_at=opens_at,
        closes_at=closes_at,
        clock_name=clock_name,
        registrar_key=point(poll.registrar),
        grades=["mail"],
    )
    return f"{poll.opening_key:064x}"


if __name__ == "__main__":
    main()

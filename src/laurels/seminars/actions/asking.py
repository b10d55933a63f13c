"""What guests do in a room: they ask, and say which questions they want answered."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.conf import settings
from django.db import transaction
from django.db.models import F

from laurels.foundation import rate_limits
from laurels.foundation.models import RateCount
from laurels.foundation.rate_limits import LimitReached
from laurels.seminars import rules
from laurels.seminars.actions.telling import notify
from laurels.seminars.models import Block, Question, Vote
from laurels.seminars.queries.question import SHOWN
from laurels.seminars.refusals import IsBlocked, ProofWanted, QuestionIsNotShown, TooMany, TooOften

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.library.models import InitiativePage
    from laurels.seminars.models import Seminar


@dataclass(frozen=True)
class Guest:
    """Who asks or votes: SHA-256 of what the browser keeps, and a keyed hash of its network."""

    key: bytes
    network: bytes


@dataclass(frozen=True)
class Asked:
    """What was typed, cleaned; `language` is that of the page. No `name`: asked anonymously."""

    text: str
    name: str
    initiative: InitiativePage | None
    language: str


def proof_key() -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"proof of work", "sha256").hex()


def network_key(network: str) -> bytes:
    """Return the hash under which a network is known: of no use without our key."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"network {network}".encode(), "sha256")


def set_proof(*, now: datetime) -> dict[str, object]:
    """Return a challenge of ALTCHA's protocol, version 1: which number gives this SHA-256?"""
    options = ChallengeOptions(
        max_number=rules.PROOF_NUMBERS, hmac_key=proof_key(), expires=now + rules.PROOF_LIVES
    )
    challenge = create_challenge(options)
    return {
        "algorithm": challenge.algorithm,
        "challenge": challenge.challenge,
        "maxnumber": rules.PROOF_NUMBERS,
        "salt": challenge.salt,
        "signature": challenge.signature,
    }


@transaction.atomic
def ask_question(
    *,
    seminar: Seminar,
    guest: Guest,
    asked: Asked,
    proof: str = "",
    now: datetime,
    award_now: datetime,
) -> Question:
    """Put a question before the moderators; whoever asks wants it answered.

    Raise ProofWanted, TooOften, TooMany or IsBlocked; then nothing is written or counted.
    """
    _count_question(guest.network, proof, now=now)
    if Block.objects.filter(seminar=seminar, key__in=[guest.key, guest.network]).exists():
        raise IsBlocked
    if Question.objects.by(guest.key, seminar).count() >= rules.MOST_PER_PERSON:
        raise TooMany
    # A form that is sent twice is one question.
    again = Question.objects.by(guest.key, seminar).filter(text=asked.text).first()
    if again is not None:
        return again
    question = Question.objects.create(
        seminar=seminar,
        initiative=asked.initiative,
        asker=guest.key,
        network=guest.network,
        name=asked.name,
        language=asked.language,
        text=asked.text,
        vote_count=1,
        asked_at=award_now,
    )
    Vote.objects.create(question=question, voter=guest.key)
    return question


@transaction.atomic
def vote_for_question(*, question_id: int, guest: Guest, wanted: bool, now: datetime) -> int:
    """Count or take back that a person wants a question answered; return the count.

    Raise QuestionIsNotShown or TooOften. Twice the same changes nothing.
    """
    try:
        rate_limits.count(
            RateCount,
            name="seminar vote",
            key=guest.network.hex(),
            limit=rules.VOTES_PER_MINUTE,
            period=rules.MINUTE,
            now=now,
        )
    except LimitReached:
        raise TooOften from None
    # The row first, as in a merge: else the two could wait for each other.
    question = (
        Question.objects.select_for_update(no_key=True)
        .filter(pk=question_id, state__in=SHOWN)
        .first()
    )
    if question is None:
        raise QuestionIsNotShown
    mine = Vote.objects.filter(question=question, voter=guest.key)
    if wanted == mine.exists():
        return question.vote_count
    if wanted:
        Vote.objects.create(question=question, voter=guest.key)
    else:
        mine.delete()
    change = 1 if wanted else -1
    Question.objects.filter(pk=question.pk).update(vote_count=F("vote_count") + change)
    notify("votes", question.seminar_id)
    return question.vote_count + change


@transaction.atomic
def forget_networks(*, award_now: datetime, edition_id: int) -> int:
    """Empty what tells questions of one network apart, a month after they were asked."""
    old = Question.objects.filter(
        seminar__edition=edition_id,
        network__isnull=False,
        asked_at__lt=award_now - rules.NETWORKS_KEPT,
    )
    return old.update(network=None)


def _count_question(network: bytes, proof: str, *, now: datetime) -> None:
    try:
        asked = rate_limits.count(
            RateCount,
            name="seminar question",
            key=network.hex(),
            limit=rules.MOST_PER_MINUTE,
            period=rules.MINUTE,
            now=now,
        )
    except LimitReached:
        raise TooOften from None
    if rules.needs_proof(asked) and not _is_proven(proof, now=now):
        raise ProofWanted


def _is_proven(proof: str, *, now: datetime) -> bool:
    """Return whether a proof of work is right and was never used before."""
    try:
        is_right, _problem = verify_solution(proof, proof_key(), check_expires=True)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    if not is_right:
        return False
    try:
        # Within its life a proof is good for one question.
        rate_limits.count(
            RateCount,
            name="proof",
            key=proof[-190:],
            limit=1,
            period=2 * rules.PROOF_LIVES,
            now=now,
        )
    except LimitReached:
        return False
    return True

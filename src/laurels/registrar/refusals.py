"""What the registrar refuses, each with a stable code and one sentence for the voter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818 -- named for what is wrong
    """Something was asked for that cannot be given; `status` is the HTTP status."""

    code = "request-malformed"
    status = 400
    sentence: Promise | str = _("This request cannot be read. Reload the page and try again.")

    def __init__(self, sentence: Promise | str = "", **details: int) -> None:
        super().__init__(self.code)
        self.sentence = sentence or self.sentence
        self.details = details


class RequestMalformed(Refusal):
    pass


class RequestNotPosted(Refusal):
    status = 405


class RequestTooLarge(Refusal):
    status = 413


class RequestNotJson(Refusal):
    status = 415


class RequestFromElsewhere(Refusal):
    status = 403
    sentence = _("This request comes from another site. Vote on the award's own page.")


class UnknownElection(Refusal):
    code = "unknown-election"
    status = 404
    sentence = _("There is no such vote. Open the ballot paper again from the award's page.")


class AddressInvalid(Refusal):
    code = "address-invalid"
    status = 422
    sentence = _("This is not an e-mail address. Type one like name@example.org.")


class AddressUnreachable(Refusal):
    code = "address-unreachable"
    status = 422
    sentence = _("No mail can reach this address. Check it, or use another one.")


class TooManyCodes(Refusal):
    code = "too-many-codes"
    status = 429


class CodeWrong(Refusal):
    code = "code-wrong"
    status = 403
    sentence = _("This is not the code from the newest mail. Look again and retype its six digits.")


class CodeExpired(Refusal):
    code = "code-expired"
    status = 410
    sentence = _("This code is too old. Ask for a new one and type it here.")


class CodeUsed(Refusal):
    code = "code-used"
    status = 409
    sentence = _("This code has been used. Ask for a new one and type it here.")


class NoTriesLeft(Refusal):
    code = "no-tries-left"
    status = 403
    sentence = _("That was the last of five tries. Ask for a new code and type it here.")


class VoteNotOpen(Refusal):
    code = "vote-not-open"
    status = 403


class VoteClosed(Refusal):
    code = "vote-closed"
    status = 403


class ChangeClosed(Refusal):
    code = "change-closed"
    status = 403
    sentence = _(
        "A vote can be changed until one hour before the close. Your earlier vote stands;"
        " you need do nothing more."
    )


class VoterExpired(Refusal):
    code = "voter-expired"
    status = 401
    sentence = _("It is too long since you typed your code. Ask for a new one to go on.")


class SerialUnknown(Refusal):
    code = "serial-unknown"
    status = 409
    sentence = _("This ballot was not made for this code. Ask for a new code and seal it again.")


class TicketAlreadySigned(Refusal):
    code = "ticket-already-signed"
    status = 409
    sentence = _(
        "Another ballot was already signed with this code. To change your vote, ask for a new code."
    )


class RegistrarUnavailable(Refusal):
    code = "registrar-unavailable"
    status = 503
    sentence = _("The registrar cannot answer now. Nothing is lost: try again in a minute.")

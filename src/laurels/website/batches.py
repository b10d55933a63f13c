"""The outbox in the admin: letters to many, read by a person and then sent or thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.foundation import clock, outbox
from laurels.foundation.models import MailBatch
from laurels.seminars.enums import RegistrationState

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from laurels.accounts.models import Person

RELEASE = "foundation.release_batch"
SETTLED_SHOWN = 20
WORDINGS = dict(RegistrationState.choices)

who_may_send = permission_required(RELEASE, raise_exception=True)


@who_may_send
@require_safe
def letter_batches(request: HttpRequest) -> HttpResponse:
    """List what waits for a person, and what was sent or thrown away lately."""
    context = {
        "waiting": [(each, _languages(each)) for each in MailBatch.objects.waiting().with_counts()],
        "settled": MailBatch.objects.settled().with_counts()[:SETTLED_SHOWN],
    }
    return render(request, "website/admin/letter_batches.html", context)


@who_may_send
@require_safe
def letter_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sample of each language and wording, and what can be done."""
    batch = get_object_or_404(MailBatch.objects.with_counts(), pk=pk)
    now = clock.now()
    has_passed = batch.of_use_until is not None and batch.of_use_until <= now
    context = {
        "batch": batch,
        "languages": _languages(batch),
        "samples": _samples(batch),
        "may_be_sent": batch.waits and batch.held_count > 0 and not has_passed,
        "under_way": batch.released_count - batch.sent_count - batch.lost_count,
        "left_out": batch.letter_count - batch.released_count,
        "knows_how_they_went": batch.sent_count + batch.lost_count > 0,
    }
    return render(request, "website/admin/letter_batch.html", context)


@who_may_send
@require_POST
def send_letter_batch(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(MailBatch, pk=pk)
    try:
        count = outbox.release(batch=batch, person_name=str(request.user), now=clock.now())
    except outbox.BatchIsSettled as settled:
        messages.error(request, _who_was_first(settled.batch))
    except outbox.BatchIsOfNoUse:
        messages.error(request, _("No letter of these is of use any more. Nothing was sent."))
    else:
        said = ngettext(
            "%(count)d letter is on its way.", "%(count)d letters are on their way.", count
        )
        messages.success(request, said % {"count": count})
    return redirect("letter_batch", pk=pk)


@who_may_send
@require_POST
def discard_letter_batch(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(MailBatch, pk=pk)
    try:
        outbox.discard(batch=batch, person_name=str(request.user), now=clock.now())
    except outbox.BatchIsSettled as settled:
        messages.error(request, _who_was_first(settled.batch))
    else:
        messages.success(request, _("Thrown away: none of these letters was sent."))
    return redirect("letter_batch", pk=pk)


@who_may_send
@require_POST
def send_sample(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Send one copy to the person who looks at it."""
    batch = get_object_or_404(MailBatch, pk=pk)
    found = batch.letters.held().filter(pk=letter).first()
    if found is None:
        messages.error(request, _("These letters do not wait any more. Nothing was sent."))
        return redirect("letter_batch", pk=pk)
    address = cast("Person", request.user).email
    outbox.send_sample(letter=found, address=address, now=clock.now())
    messages.success(request, _("One copy goes to %(address)s.") % {"address": address})
    return redirect("letter_batch", pk=pk)


def _who_was_first(batch: MailBatch) -> str:
    if batch.released_by:
        said = _("%(name)s has sent these letters already. None went twice.")
        return said % {"name": batch.released_by}
    said = _("%(name)s has thrown these letters away already. None was sent.")
    return said % {"name": batch.discarded_by}


def _samples(batch: MailBatch) -> list[dict[str, Any]]:
    """Return one letter of each language and wording, the reader's own language first."""
    held = batch.letters.held()
    counted = held.values_list("language", "wording").annotate(Count("pk")).order_by()
    counts = {(language, wording): count for language, wording, count in counted}
    own = get_language()
    return [
        {
            "letter": letter,
            "language": _language(letter.language),
            "direction": "rtl" if _is_from_right(letter.language) else "ltr",
            "wording": WORDINGS.get(letter.wording, letter.wording),
            "text": outbox.without_secrets(letter),
            "count": counts[letter.language, letter.wording],
        }
        for letter in sorted(held.samples(), key=lambda letter: letter.language != own)
    ]


def _languages(batch: Any) -> list[str]:
    return [_language(code) for code in batch.languages if code]


def _language(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)


def _is_from_right(code: str) -> bool:
    return code in dict(settings.LANGUAGES) and bool(get_language_info(code)["bidi"])

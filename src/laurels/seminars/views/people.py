"""The secretariat's page of who comes to a seminar; moving, cancelling and thanking from there."""

from __future__ import annotations

import csv
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from laurels.foundation import clock
from laurels.foundation.models import MailBatch
from laurels.seminars import actions, rules
from laurels.seminars.enums import RegistrationState
from laurels.seminars.forms import AddForm, MoveForm, SaidForm
from laurels.seminars.models import Registration, Seminar, ShareCount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

secretariat_only = permission_required("seminars.run_seminar", raise_exception=True)

PEOPLE_A_PAGE = 100
RELEASE = "foundation.release_batch"
COLUMNS = (
    "address",
    "name",
    "state",
    "city",
    "country",
    "role",
    "zone",
    "language",
    "came_from",
    "asked_at",
    "came_at",
    "uses_of_the_link",
)
EDIT_URL = "wagtailsnippets_seminars_seminar:edit"
# A cell that begins so is a formula to a spreadsheet, whoever typed it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@secretariat_only
@require_safe
def seminar_desk(request: HttpRequest) -> HttpResponse:
    """List all seminars with how many come."""
    counts = {
        state.value: Count("registrations", filter=Q(registrations__state=state))
        for state in RegistrationState
    }
    found = Seminar.objects.select_related("edition").annotate(
        came=Count("registrations", filter=Q(registrations__joined_at__isnull=False)), **counts
    )
    # Counting drops the order that the model names.
    found = found.order_by("-edition__year", "starts_at", "number")
    waiting = MailBatch.objects.waiting().filter(kind__startswith=actions.OURS).with_counts()
    context = {"seminars": found, "waiting": waiting}
    return render(request, "seminars/desk/seminar_desk.html", context)


@secretariat_only
@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    return _people(request, _seminar(pk))


@secretariat_only
@require_GET
def people_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Answer with those that the page's search and filter find, as CSV or XLSX."""
    seminar = _seminar(pk)
    rows = _rows(_found(request, seminar))
    name = f"seminar-{seminar.edition.year}-{seminar.number}.{kind}"
    if kind == "csv":
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        csv.writer(answer).writerows(rows)
    elif kind == "xlsx":
        answer = HttpResponse(
            _workbook(rows),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@secretariat_only
@require_POST
def move_seminar(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be written to how many; move when that is confirmed, and hold the letters."""
    seminar = _seminar(pk)
    form = MoveForm(request.POST, seminar=seminar)
    if not form.is_valid():
        return _people(request, seminar, move=form)
    said = form.cleaned_data
    if "seen" not in request.POST:
        return _preview(request, seminar, "move_seminar", form)
    return _do(
        request,
        seminar,
        lambda now: actions.move_seminar(
            seminar=seminar,
            starts_at=said["starts"],
            ends_at=said["ends"],
            said=said["said"],
            seen_sequence=_seen(request),
            person_name=str(request.user),
            now=clock.now(),
            award_now=now,
        ),
    )


@secretariat_only
@require_POST
def cancel_seminar(request: HttpRequest, pk: int) -> HttpResponse:
    seminar = _seminar(pk)
    form = SaidForm(request.POST)
    if not form.is_valid():
        return _people(request, seminar, cancel=form)
    if "seen" not in request.POST:
        return _preview(request, seminar, "cancel_seminar", form)
    return _do(
        request,
        seminar,
        lambda now: actions.cancel_seminar(
            seminar=seminar,
            said=form.cleaned_data["said"],
            seen_sequence=_seen(request),
            person_name=str(request.user),
            now=clock.now(),
            award_now=now,
        ),
    )


@secretariat_only
@require_POST
def thank_people(request: HttpRequest, pk: int) -> HttpResponse:
    seminar = _seminar(pk)
    form = SaidForm(request.POST)
    if not form.is_valid():
        return _people(request, seminar, thank=form)
    if "seen" not in request.POST:
        return _preview(request, seminar, "thank_people", form)
    return _do(
        request,
        seminar,
        lambda now: actions.thank(
            seminar=seminar,
            said=form.cleaned_data["said"],
            person_name=str(request.user),
            now=clock.now(),
            award_now=now,
        ),
    )


@secretariat_only
@require_POST
def write_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the letters of a change anew that were thrown away unsent."""
    seminar = _seminar(pk)
    form = SaidForm(request.POST)
    if not form.is_valid():
        return _people(request, seminar, again=form)
    return _do(
        request,
        seminar,
        lambda now: actions.write_again(
            seminar=seminar,
            said=form.cleaned_data["said"],
            person_name=str(request.user),
            now=clock.now(),
            award_now=now,
        ),
    )


@secretariat_only
@require_POST
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Register somebody who asked by other ways; the confirmation goes out at once."""
    seminar = _seminar(pk)
    form = AddForm(request.POST, seminar=seminar)
    if not form.is_valid():
        return _people(request, seminar, add=form)
    try:
        state = actions.add_by_hand(
            seminar=seminar,
            address=form.cleaned_data["address"],
            details=actions.Details(
                zone=form.cleaned_data["zone"] or seminar.timezone,
                language=form.cleaned_data["language"] or "en",
                name=form.cleaned_data["name"],
            ),
            person_name=str(request.user),
            now=clock.now(),
            award_now=_award_now(seminar),
        )
    except actions.DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return _people(request, seminar, add=form)
    messages.success(request, f"{form.cleaned_data['address'].delivery}: {state.label}")
    return redirect("people", pk=pk)


@secretariat_only
@require_POST
def cancel_person(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    seminar = _seminar(pk)
    found = get_object_or_404(Registration.objects.of(seminar).with_all(), pk=registration)
    actions.cancel_by_hand(
        registration=found,
        person_name=str(request.user),
        now=clock.now(),
        award_now=_award_now(seminar),
    )
    messages.success(request, _("Taken out: %s has been told.") % found.registrant.address)
    return redirect("people", pk=pk)


def _do(request: HttpRequest, seminar: Seminar, deed: Any) -> HttpResponse:
    """Do it, and lead to the letters that wait now."""
    try:
        written = deed(_award_now(seminar))
    except actions.DeskRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people", pk=seminar.pk)
    if not written:
        messages.success(request, _("Done. There was nobody to write to."))
        return redirect("people", pk=seminar.pk)
    said = ngettext(
        "Done, but nobody has been told yet: %(count)d letter waits until somebody sends it.",
        "Done, but nobody has been told yet: %(count)d letters wait until somebody sends them.",
        written,
    )
    messages.warning(request, said % {"count": written})
    if not request.user.has_perm(RELEASE):
        return redirect("people", pk=seminar.pk)
    batch = actions.waiting_batches(_seminar(seminar.pk)).latest("pk")
    return redirect("letter_batch", pk=batch.pk)


def _people(request: HttpRequest, seminar: Seminar, **bound: Any) -> HttpResponse:
    award_now = _award_now(seminar)
    seminar.state = rules.state(seminar, award_now)
    everybody = Registration.objects.of(seminar)
    page = Paginator(_found(request, seminar), PEOPLE_A_PAGE).get_page(request.GET.get("p"))
    discarded = actions.discarded_change(seminar)
    counts = dict(everybody.values_list("state").annotate(Count("pk")).order_by())
    context = {
        "seminar": seminar,
        "edit_url": EDIT_URL,
        "page": page,
        "states": [(state, counts.get(state.value, 0)) for state in RegistrationState],
        "came": everybody.filter(joined_at__isnull=False).count(),
        "shares": _shares(seminar, everybody),
        "query": request.GET.get("q", ""),
        "state": request.GET.get("state", ""),
        "may_change": rules.is_ahead(seminar, award_now),
        "move": bound.get("move") or MoveForm(seminar=seminar),
        "cancel": bound.get("cancel") or SaidForm(),
        "thank": bound.get("thank") or SaidForm(),
        "waiting": actions.waiting_batches(seminar).with_counts(),
        "discarded": discarded,
        "again": bound.get("again") or SaidForm(initial=discarded.detail if discarded else None),
        "add": bound.get("add") or AddForm(seminar=seminar),
    }
    for form in bound.values():
        # The form stands far down: what is wrong with it is said where the page begins.
        said = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, _("Not done. %s") % " ".join(said))
    status = 422 if bound else 200
    return render(request, "seminars/desk/people.html", context, status=status)


def _shares(seminar: Seminar, everybody: Any) -> list[dict[str, Any]]:
    """Return for each plain word how often the form was opened, who registered, and who came."""
    opened = ShareCount.objects.filter(edition=seminar.edition).order_by("-count", "source")
    people = everybody.standing().values("registrant__source").order_by()
    counts = people.annotate(registered=Count("pk"), came=Count("joined_at"))
    by_word = {each["registrant__source"]: each for each in counts}
    return [
        {
            "word": each.source,
            "opened": each.count,
            "registered": by_word.get(each.source, {}).get("registered", 0),
            "came": by_word.get(each.source, {}).get("came", 0),
        }
        for each in opened
    ]


def _preview(request: HttpRequest, seminar: Seminar, deed: str, form: Any) -> HttpResponse:
    told = actions.to_thank(seminar) if deed == "thank_people" else actions.to_tell(seminar)
    context = {
        "seminar": seminar,
        "deed": deed,
        "form": form,
        "told": told.count(),
        "waiting": deed != "thank_people" and actions.waiting_batches(seminar).exists(),
        "starts_at": form.cleaned_data.get("starts"),
        "ends_at": form.cleaned_data.get("ends"),
        "said": form.cleaned_data["said"],
    }
    return render(request, "seminars/desk/preview.html", context)


def _seminar(pk: int) -> Seminar:
    return get_object_or_404(Seminar.objects.select_related("edition"), pk=pk)


def _award_now(seminar: Seminar) -> Any:
    return clock.award_now(seminar.edition.clock_name)


def _seen(request: HttpRequest) -> int:
    seen = request.POST["seen"]
    return int(seen) if seen.isdecimal() else -1


def _found(request: HttpRequest, seminar: Seminar) -> Any:
    found = Registration.objects.of(seminar).with_all().order_by("queued_at", "pk")
    if request.GET.get("state") in RegistrationState.values:
        found = found.filter(state=request.GET["state"])
    for word in request.GET.get("q", "").replace("\0", "").split():
        found = found.filter(
            Q(registrant__address__icontains=word)
            | Q(registrant__name__icontains=word)
            | Q(registrant__city__icontains=word)
        )
    return found


def _rows(found: Any) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for each in found.iterator(chunk_size=500):
        who = each.registrant
        yield tuple(
            f"'{value}" if value.startswith(FORMULA) else value
            for value in (
                who.address,
                who.name,
                each.state,
                who.city,
                who.country_code,
                who.role,
                who.zone,
                who.language,
                who.source,
                each.created_at.isoformat(timespec="seconds"),
                each.joined_at.isoformat(timespec="seconds") if each.joined_at else "",
                str(each.join_count),
            )
        )


def _workbook(rows: Iterator[tuple[str, ...]]) -> bytes:
    # It takes a third of a second to import, which no other page should wait for.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("registrations")
    for row in rows:
        sheet.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()

"""After a seminar: what remains of it, its figures as pictures and tables, and its exports."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laurels.foundation import clock
from laurels.foundation.countries import country_name
from laurels.seminars import actions, rules
from laurels.seminars.enums import RegistrationState
from laurels.seminars.forms.remaining import RemainingForm, offset_as_typed
from laurels.seminars.models import (
    Answer,
    Feedback,
    Headcount,
    Question,
    Registration,
    Room,
)
from laurels.seminars.views.moderating import at_the_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from laurels.seminars.models import Seminar

    Rows = list[dict[str, Any]]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def afterwards(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    form = RemainingForm(request.POST or None, seminar=seminar, initial=_kept(seminar))
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data
        actions.keep_what_remains(
            seminar=seminar,
            recording_url=read["recording_url"],
            slides_url=read["slides_url"],
            minutes=read["minutes"],
            chapters=form.chapters,
            person_name=str(request.user),
            now=clock.now(),
        )
        here = reverse("seminars:afterwards", args=[seminar.edition.year, seminar.number])
        return HttpResponseRedirect(f"{here}?saved=1")
    context = {
        "seminar": seminar,
        "form": form,
        "room": _stay(seminar),
        "figures": _figures(seminar),
        "texts": Feedback.objects.of(seminar).worded(),
        "exports": [(kind, form) for kind in KINDS for form in FORMATS],
    }
    status = 400 if form.errors else 200
    return render(request, "seminars/afterwards.html", context, status=status)


@require_safe
@at_the_desk
def export(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """Give questions, answers, attendance, headcounts or feedback as CSV, XLSX or JSON."""
    kind, form = request.GET.get("kind", ""), request.GET.get("format", "")
    if kind not in KINDS or form not in FORMATS:
        raise Http404(_("There is no such export."))
    rows = KINDS[kind](seminar)
    content_type, write = FORMATS[form]
    answer = HttpResponse(write(rows), content_type=content_type)
    name = f"seminar-{seminar.edition.year}-{seminar.number}-{kind}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _kept(seminar: Seminar) -> dict[str, Any]:
    room = Room.objects.filter(seminar=seminar).first()
    chapters = {
        f"chapter_{each.initiative_id}": offset_as_typed(each.second)
        for each in seminar.chapters.all()
    }
    return {
        "recording_url": seminar.recording_url,
        "slides_url": room.slides_url if room else "",
        "minutes": room.minutes if room else "",
        **chapters,
    }


def _stay(seminar: Seminar) -> dict[str, Any]:
    """Return how many were in the room, minute by minute: picture, figures, parts and table."""
    minutes = rules.minutes_of(seminar, Headcount.objects.by_minute(seminar))
    chapters = seminar.chapters.select_related("initiative__city")
    parts = rules.parts_of(
        [(each.initiative.city.name, each.minutes) for each in seminar.presentations.all()],
        [(each.initiative.city.name, each.second) for each in chapters],
    )
    return {
        "minutes": minutes,
        "parts": parts,
        "staying": rules.staying(seminar, minutes),
        "curve": rules.curve(seminar, minutes, parts),
    }


def _figures(seminar: Seminar) -> list[tuple[str, Sequence[tuple[object, int]], list[rules.Bar]]]:
    """Return name, table and picture of each figure."""
    registrations = list(
        Registration.objects.of(seminar).select_related("registrant").order_by("created_at")
    )
    confirmed = [each for each in registrations if each.state == RegistrationState.CONFIRMED]
    came = [each for each in confirmed if each.joined_at is not None]
    minutes = [
        int((each.joined_at - seminar.starts_at).total_seconds() // 600) * 10
        for each in came
        if each.joined_at is not None
    ]
    questions = Question.objects.of(seminar).select_related("initiative__city")
    cities = [
        each.initiative.city.name if each.initiative else _("All cities") for each in questions
    ]
    countries = [country_name(each.registrant.country_code) or _("not said") for each in confirmed]
    figures: list[tuple[str, Sequence[tuple[object, int]]]] = [
        (
            _("Registrations by day"),
            rules.by_day(each.created_at.astimezone(seminar.zone).date() for each in registrations),
        ),
        (_("Registered, by country"), rules.most_first(countries)),
        (
            _("From asking to coming"),
            [
                (_("Asked"), len(registrations)),
                (_("Has a seat"), len(confirmed)),
                (_("Came"), len(came)),
                (
                    _("Came again after a break"),
                    sum(each.join_count > 1 for each in came),
                ),
            ],
        ),
        (
            _("Came, by minutes from the start"),
            [(minute, minutes.count(minute)) for minute in sorted(set(minutes))],
        ),
        (_("Questions by city"), rules.most_first(cities)),
        (
            _("How useful, by feedback"),
            [
                (f"{grade.value}: {grade.label}", count)
                for grade, count in Feedback.objects.of(seminar).by_grade()
            ],
        ),
    ]
    return [(name, table, rules.bars(table)) for name, table in figures]


def _questions(seminar: Seminar) -> Rows:
    return [
        {
            "id": each.pk,
            "city": each.initiative.city.name if each.initiative else "",
            "state": each.state,
            "reason": each.reason,
            "merged_into": each.merged_into_id,
            "votes": each.vote_count,
            "name": each.name,
            "question": each.text,
            "as_asked": each.original_text,
            "asked_at": each.asked_at.isoformat(),
            "answered_at": each.answered_at.isoformat() if each.answered_at else "",
            "answered_live": each.is_answered_live,
            "answered_second": each.answered_second,
            "answered_in_writing_by": "; ".join(
                answer.initiative.city.name for answer in each.answers.all()
            ),
        }
        for each in Question.objects.for_the_desk(seminar)
    ]


def _answers(seminar: Seminar) -> Rows:
    """Return a row an answer, since a question to all has several; `question_id` joins them."""
    found = Answer.objects.filter(question__seminar=seminar)
    return [
        {
            "question_id": each.question_id,
            "question": each.question.text,
            "asked_of": "one" if each.question.initiative_id else "all",
            "state": each.question.state,
            "city": each.initiative.city.name,
            "language": each.language,
            "written_at": each.written_at.isoformat(),
            "changed_at": each.changed_at.isoformat() if each.changed_at else "",
            "answer": each.text,
        }
        for each in found.select_related("question", "initiative__city").order_by("question", "pk")
    ]


def _attendance(seminar: Seminar) -> Rows:
    found = Registration.objects.of(seminar).select_related("registrant").order_by("pk")
    return [
        {
            "name": each.registrant.name,
            "city": each.registrant.city,
            "role": each.registrant.role,
            "country": each.registrant.country_code,
            "language": each.registrant.language,
            "state": each.state,
            "registered_at": each.created_at.isoformat(),
            "came_at": each.joined_at.isoformat() if each.joined_at else "",
            "uses_of_the_link": each.join_count,
        }
        for each in found
    ]


def _headcount(seminar: Seminar) -> Rows:
    counted = Headcount.objects.by_minute(seminar)
    return [
        {
            "minute": (seminar.starts_at + each.number * rules.MINUTE).isoformat(),
            "minutes_from_start": each.number,
            "people": each.people,
        }
        for each in rules.minutes_of(seminar, counted)
    ]


def _feedback(seminar: Seminar) -> Rows:
    """Return what guests said, without who they are: a day, so that no hour tells it."""
    return [
        {
            "useful_1_to_5": each.grade,
            "keep": each.keep,
            "better": each.better,
            "written_on": each.written_at.astimezone(seminar.zone).date().isoformat(),
        }
        for each in Feedback.objects.of(seminar)
    ]


KINDS: dict[str, Callable[[Seminar], Rows]] = {
    "questions": _questions,
    "answers": _answers,
    "attendance": _attendance,
    "headcount": _headcount,
    "feedback": _feedback,
}


def _plain(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    is_formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if is_formula else value


def _csv(rows: Rows) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    # Excel reads UTF-8 only behind this mark.
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _xlsx(rows: Rows) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [list(rows[0]), *[list(each.values()) for each in rows]] if rows else []:
        sheet.append([_plain(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _json(rows: Rows) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


FORMATS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (XLSX, _xlsx),
    "json": ("application/json", _json),
}

"""The secretariat's page for bringing initiatives in from a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.foundation import clock
from laurels.foundation.models import KeptFile
from laurels.library.formats.template_file import write_template
from laurels.library.models import Theme, UrbanAgendaTag
from laurels.website.actions.import_initiatives import Import, import_initiatives
from laurels.website.actions.import_runs import line_up
from laurels.website.actions.kept_files import (
    PURPOSE,
    FileIsNotWhatWasChecked,
    keep_file,
    take_in,
)
from laurels.website.initiative_file.findings import Findings
from laurels.website.initiative_file.tables import LARGEST_FILE, read_table
from laurels.website.models import ImportRun, RunState
from laurels.website.tasks import run_import

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_NAME = "initiatives-template.xlsx"
SHOWN = 20  # files that were brought in before
MOST_ROWS_AT_ONCE = 100  # about five seconds; a longer file goes through the worker
REFRESH_SECONDS = "3"
secretariat_only = permission_required("library.add_initiativepage", raise_exception=True)


@secretariat_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Take a file and check it; one without a problem is kept, to be imported as it is."""
    uploaded = request.FILES.get("file")
    error, checked = "", None
    if request.method == "POST" and uploaded is None:
        error = _("Choose a file first: CSV, XLSX or JSON.")
    elif uploaded is not None and (uploaded.size or 0) > LARGEST_FILE:
        error = _("The file is larger than 10 MB. Bring it in by parts.")
    elif uploaded is not None:
        name, content = uploaded.name or "", uploaded.read()
        rows_count = _rows_count(name, content)
        if rows_count > MOST_ROWS_AT_ONCE:
            kept = _keep(name, content, request)
            _line_up(kept, request, rows_count=rows_count, is_dry=True)
            return redirect("import_kept_file", pk=kept.pk)
        checked = _check(name, content, request)
        if checked.is_possible and not checked.changes_nothing:
            kept = _keep(name, content, request)
            return redirect("import_kept_file", pk=kept.pk)
    context = {
        "error": error,
        "checked": checked,
        "name": uploaded.name if uploaded else "",
        "files": KeptFile.objects.filter(purpose=PURPOSE).defer("content")[:SHOWN],
    }
    return render(request, "website/admin/import_file.html", context)


@secretariat_only
@require_safe
def import_kept_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what importing a kept file would do now, with the button that does it."""
    kept = get_object_or_404(KeptFile, pk=pk, purpose=PURPOSE)
    run = kept.import_runs.first()
    if run:
        return _import_run(request, kept, run)
    file_wins = "file_wins" in request.GET
    checked = None
    if kept.taken_in_at is None:
        checked = _check(kept.name, bytes(kept.content), request, file_wins=file_wins)
    context = {"kept": kept, "checked": checked, "file_wins": file_wins}
    return render(request, "website/admin/import_kept_file.html", context)


def _import_run(request: HttpRequest, kept: KeptFile, run: ImportRun) -> HttpResponse:
    """Say how far the worker is with a long file, or what came of it."""
    state = run.state
    context = {"kept": kept, "run": run, "state": state}
    response = render(request, "website/admin/import_run.html", context)
    if state in {RunState.IN_LINE, RunState.UNDER_WAY}:
        # Without script too: the page comes again until the worker is done.
        response["Refresh"] = REFRESH_SECONDS
    return response


@secretariat_only
@require_POST
def check_kept_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker check a long file anew: another answer is wanted, or it was cut off."""
    kept = get_object_or_404(KeptFile.objects.defer("content"), pk=pk, purpose=PURPOSE)
    run = get_object_or_404(ImportRun.objects.filter(file=kept)[:1])
    try:
        _line_up(kept, request, rows_count=run.rows_count, is_dry=True)
    except FileIsNotWhatWasChecked:
        return _refuse(request)
    return redirect("import_kept_file", pk=pk)


@secretariat_only
@require_POST
def take_in_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Import exactly the file that was checked; a second click finds it done."""
    run = ImportRun.objects.filter(file=pk).first()
    try:
        if run:
            _line_up(run.file, request, rows_count=run.rows_count, is_dry=False)
            return redirect("import_kept_file", pk=pk)
        done = take_in(
            pk=pk,
            digest=request.POST.get("digest", ""),
            person_name=str(request.user),
            now=clock.now(),
            now_of=clock.award_now,
            file_wins=request.POST.get("file_wins") == "1",
        )
    except FileIsNotWhatWasChecked:
        return _refuse(request)
    if done.is_possible:
        sentence = _("Brought in: {new} new, {changed} changed.")
        told = sentence.format(new=len(done.created), changed=len(done.changed))
        messages.success(request, told)
    else:
        messages.error(request, _("Nothing was brought in: the library has changed meanwhile."))
    return redirect("import_kept_file", pk=pk)


@secretariat_only
@require_safe
def import_template(_request: HttpRequest) -> FileResponse:
    """Answer with a workbook to fill in: an example, the columns and the values allowed."""
    words = {
        "themes": [(theme.slug, theme.name) for theme in Theme.objects.all()],
        "urban_agenda_tags": [(tag.slug, tag.name) for tag in UrbanAgendaTag.objects.all()],
    }
    book = io.BytesIO()
    write_template(book, words)
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=TEMPLATE_NAME, content_type=XLSX)


def _check(name: str, content: bytes, request: HttpRequest, *, file_wins: bool = False) -> Import:
    return import_initiatives(
        name=name,
        content=content,
        person_name=str(request.user),
        now=clock.now(),
        now_of=clock.award_now,
        is_dry=True,
        file_wins=file_wins,
    )


def _rows_count(name: str, content: bytes) -> int:
    """Return how many rows a file has; 0 where it cannot be read, which its check tells better."""
    findings = Findings()
    lines = read_table(name, content, findings)
    return 0 if findings.problems else len(lines)


def _keep(name: str, content: bytes, request: HttpRequest) -> KeptFile:
    return keep_file(name=name, content=content, person_name=str(request.user), now=clock.now())


def _line_up(kept: KeptFile, request: HttpRequest, *, rows_count: int, is_dry: bool) -> ImportRun:
    return line_up(
        pk=kept.pk,
        # What the button was made for; a fresh file has none yet.
        digest=request.POST.get("digest", kept.digest),
        rows_count=rows_count,
        is_dry=is_dry,
        person_name=str(request.user),
        now=clock.now(),
        enqueue=_enqueue,
        file_wins=request.POST.get("file_wins") == "1",
    )


def _enqueue(run: int) -> UUID:
    return UUID(run_import.enqueue(run).id)


def _refuse(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("This file was brought in already, or is gone. Check it again."))
    return redirect("import_file")

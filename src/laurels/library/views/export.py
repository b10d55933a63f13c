"""What a search found, and the whole library, as files to take along."""

from __future__ import annotations

import hashlib
import json
from functools import wraps
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from laurels.foundation import clock
from laurels.foundation.clients import client_of, network_of
from laurels.library import actions
from laurels.library.addresses import lasting_url
from laurels.library.formats import FORMATS, entries_of, write_package
from laurels.library.models import InitiativePage
from laurels.library.refusals import TooManyFiles
from laurels.library.search import LibraryQuestion, find_all, told_editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

    from laurels.library.formats import Entry

IN_MEMORY = 2 * 1024 * 1024  # bytes; a larger file waits on disk
LONGEST_NAME = 60  # characters of the question in a file's name
ZIP = "application/zip"


def _within_limits(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer with a file unless the visitor's network has just taken a great many."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        now = clock.now()
        try:
            actions.count_file(network=network_of(client_of(request)), now=now)
        except TooManyFiles as refusal:
            context = {"sentence": refusal.sentence}
            status = HTTPStatus.TOO_MANY_REQUESTS
            response = render(request, "library/too_many_files.html", context, status=status)
            response["Retry-After"] = str(int((refusal.resets_at - now).total_seconds()) + 1)
            return response
        return view(request, *args, **kwargs)

    return limited


@require_safe
@_within_limits
def export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """Answer with all that a question finds, in its order.

    The file is finished before its first byte goes out: a fault on the way is an error, never
    half a file that looks whole.
    """
    chosen = FORMATS.get(file_format)
    if chosen is None:
        raise Http404
    asked, told = LibraryQuestion.read(request.GET), told_editions(request)
    pks = find_all(asked, told=told)
    told_rows = _Told(entries_of(pks, told=told, url_of=lasting_url))
    spool = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    chosen.write(told_rows, spool)
    name = "-".join(filter(None, ["initiatives", slugify(asked.query)[:LONGEST_NAME].strip("-")]))
    return _answer(
        request,
        spool,
        name=f"{name}.{chosen.ending}",
        media_type=chosen.media_type,
        etag=f'W/"{file_format}-{told_rows.digest}"',
        changed_at=InitiativePage.objects.filter(pk__in=pks).changed_at(),
    )


@require_safe
@_within_limits
def package(request: HttpRequest) -> HttpResponseBase:
    """Answer with the whole library as a data package; the same bytes for the same data."""
    told = told_editions(request)
    pks = sorted(find_all(LibraryQuestion(), told=told))
    changed_at = InitiativePage.objects.filter(pk__in=pks).changed_at()
    spool = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    write_package(
        lambda: entries_of(pks, told=told, url_of=lasting_url),
        spool,
        changed_at=changed_at,
        site=settings.SITE_URL,
    )
    spool.seek(0)
    digest = hashlib.file_digest(spool, "sha256").hexdigest()
    return _answer(
        request,
        spool,
        name="library.zip",
        media_type=ZIP,
        etag=f'"{digest[:32]}"',
        changed_at=changed_at,
    )


class _Told:
    """Passes entries on and takes the digest of what they say, whatever the file around it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = entries
        self._digest = hashlib.sha256()

    def __iter__(self) -> Iterator[Entry]:
        for entry in self.entries:
            self._digest.update(json.dumps(entry.row, ensure_ascii=True).encode())
            yield entry

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()[:32]


def _answer(
    request: HttpRequest,
    spool: Any,
    *,
    name: str,
    media_type: str,
    etag: str,
    changed_at: datetime | None,
) -> HttpResponseBase:
    size = spool.seek(0, 2)
    spool.seek(0)
    response = FileResponse(spool, as_attachment=True, filename=name, content_type=media_type)
    response["Content-Length"] = str(size)
    response["ETag"] = etag
    seconds = int(changed_at.timestamp()) if changed_at else None
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    # What may be told changes with a reveal: keep it, but ask before it is used again.
    patch_cache_control(response, public=True, no_cache=True)
    # By its ETag alone: a city's new name changes rows that were published long before.
    conditional = get_conditional_response(request, etag)
    if conditional is None:
        return response
    spool.close()
    conditional["ETag"] = etag
    return conditional

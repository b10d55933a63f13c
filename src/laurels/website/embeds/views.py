"""Frames, the files of the web component, oEmbed, and the page where partners copy a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from laurels.foundation import clock
from laurels.partners.actions import count_visit
from laurels.website.embeds import leaves, lines, oembed
from laurels.website.embeds.doors import open_to_frames, open_to_reads
from laurels.website.embeds.forms import EmbedForm
from laurels.website.embeds.visits import is_a_visit
from laurels.website.standing import current

if TYPE_CHECKING:
    from django.http import HttpRequest

    from laurels.partners.models import Partner
    from laurels.website.embeds.leaves import Leaf

FILES = {
    "laurels.js": ("js/laurels.js", "text/javascript; charset=utf-8"),
    "time.js": ("js/time.js", "text/javascript; charset=utf-8"),
    "countdown.js": ("js/countdown.js", "text/javascript; charset=utf-8"),
    "laurels.css": ("css/pages/embed.css", "text/css; charset=utf-8"),
}
SECONDS_OF_FILES = 3600


@require_safe
@open_to_frames
def frame(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """Show one thing for an iframe; a partner's plain word in `?partner=` counts the loading."""
    partner = leaves.partner_named(request.GET.get("partner", ""))
    look = leaves.look_named(request.GET.get("look", ""))
    try:
        leaf = leaves.find(kind, address, partner)
    except Http404:
        # A page of our own: the site's, which refuses frames, would leave an empty hole.
        return render(request, "website/embed/gone.html", {"look": look}, status=404)
    shown = leaves.render_leaf(request, leaf, partner=partner, look=look, in_frame=True)
    response = render(
        request, "website/embed/frame.html", {"leaf": leaf, "shown": shown, "look": look}
    )
    patch_cache_control(response, public=True, max_age=leaf.seconds)
    count_if_visit(request, leaf, partner, in_frame=True)
    return response


@require_safe
@open_to_reads
def component_file(_request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of the web component under its stable address."""
    if name not in FILES:
        raise Http404
    path, media_type = FILES[name]
    found = finders.find(path)
    if not isinstance(found, str):
        raise Http404
    response = HttpResponse(Path(found).read_bytes(), content_type=media_type)
    patch_cache_control(response, public=True, max_age=SECONDS_OF_FILES)
    return response


@require_safe
@open_to_reads
def oembed_answer(request: HttpRequest) -> HttpResponse:
    """Answer an oEmbed consumer: `?url=` of a page here, `format`, `maxwidth`, `maxheight`."""
    name = request.GET.get("format", "json")
    if name not in oembed.FORMATS:
        sentence = "This provider answers in json and xml."
        return HttpResponse(sentence, status=501, content_type="text/plain; charset=utf-8")
    url = request.GET.get("url", "")
    with override(oembed.language_of(url)):
        leaf, partner = oembed.leaf_at(url)
        said = oembed.answer(
            leaf, partner, width=_pixels(request, "maxwidth"), height=_pixels(request, "maxheight")
        )
    if name == "json":
        response: HttpResponse = JsonResponse(said)
    else:
        response = HttpResponse(oembed.as_xml(said), content_type="text/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=leaf.seconds)
    return response


@require_safe
@csp_update({"frame-src": [SELF]})
def embed(request: HttpRequest) -> HttpResponse:
    """Build the line of HTML that a partner copies, with a preview; works without JavaScript."""
    asked = request.GET.copy()
    asked.setdefault("lang", get_language() or "en")
    form = EmbedForm(asked if "what" in asked else None, standing=current(request))
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        context |= _built(form)
    return render(request, "website/embed.html", context)


def count_if_visit(
    request: HttpRequest, leaf: Leaf, partner: Partner | None, *, in_frame: bool
) -> None:
    """Count a visitor's loading under the partner's word; who it was is read and forgotten."""
    if partner and request.method == "GET" and is_a_visit(request.headers, in_frame=in_frame):
        count_visit(partner=partner, kind=leaf.kind.value, address=leaf.address, now=clock.now())


def _built(form: EmbedForm) -> dict[str, object]:
    said = form.cleaned_data
    leaf, partner, look = said["leaf"], said["partner"], said["look"]
    with override(said["lang"]):
        in_its_language = leaves.find(leaf.kind.value, leaf.address, partner)
        if said["way"] == "component":
            line = lines.component_line(in_its_language, partner, look, said["lang"])
        else:
            line = lines.frame_line(in_its_language, partner, look)
        preview = lines.frame_path(in_its_language, partner, look)
    return {
        "leaf": leaf,
        "line": line,
        "preview": preview,
        "preview_title": lines.frame_title(in_its_language),
        "is_component": said["way"] == "component",
    }


def _pixels(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) > 0 else None

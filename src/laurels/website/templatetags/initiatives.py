"""What the page of an initiative gathers from the whole house: its path, FOCUS, its honours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laurels.focus.models import FocusArticlePage
from laurels.library import pictures
from laurels.library.addresses import lasting_url
from laurels.library.rules import linked_data, script_of
from laurels.seminars.models import Question, Seminar
from laurels.seminars.rules import recording_at
from laurels.website import rules
from laurels.website.standing import standing_of, told_editions

if TYPE_CHECKING:
    from django.template import Context

    from laurels.library.models import Honour, InitiativePage

register = template.Library()


@register.simple_tag(takes_context=True)
def told_honours(context: Context, initiative: InitiativePage) -> list[Honour]:
    """Return an initiative's honours where its edition's outcomes may be shown, else none.

    None is stored before the reveal; should somebody enter one early, no page tells it.
    """
    return list(initiative.honours.all()) if is_told(context, initiative) else []


@register.simple_tag(takes_context=True)
def is_told(context: Context, initiative: InitiativePage) -> bool:
    """Return whether the outcomes of the initiative's edition may be shown."""
    return initiative.edition_id in told_editions(context["request"])


@register.inclusion_tag("website/initiative_path.html", takes_context=True)
def initiative_path(context: Context, initiative: InitiativePage) -> dict[str, Any]:
    """Print how far an initiative has come, with days; nothing of an outcome before its reveal."""
    standing = standing_of(initiative.edition)
    seminar = Seminar.objects.presenting(initiative.pk).first()
    moments = standing.edition.moments.all()
    reached = {step.kind: step for step in rules.edition_path(moments, standing.now)}
    return {
        "initiative": initiative,
        "edition": standing.edition,
        "standing": standing,
        "seminar": seminar,
        "reached": reached,
        "seminar_reached": rules.span_reached(seminar.starts_at, seminar.ends_at, standing.now)
        if seminar
        else "",
        "honours": told_honours(context, initiative),
    }


@register.inclusion_tag("website/initiative_questions.html", takes_context=True)
def initiative_questions(context: Context, initiative: InitiativePage) -> dict[str, Any]:
    """Print what was asked about an initiative for good, with the city's answers."""
    questions = list(Question.objects.on_the_page_of(initiative.pk))
    for each in questions:
        recording, second = each.seminar.recording_url, each.answered_second
        is_recorded = bool(recording) and second is not None
        each.minute_address = (  # type: ignore[attr-defined]
            recording_at(recording, second or 0) if is_recorded else ""
        )
        each.own = each.answer_of(initiative.pk)  # type: ignore[attr-defined]
        each.others = [  # type: ignore[attr-defined]
            answer
            for answer in each.answers.all()
            if answer.initiative_id != initiative.pk and answer.initiative.live
        ]
    return {
        "initiative": initiative,
        "questions": questions,
        "request": context["request"],
        "LANGUAGE_CODE": get_language(),
    }


@register.inclusion_tag("website/initiative_articles.html")
def initiative_articles(initiative: InitiativePage) -> dict[str, Any]:
    return {"articles": FocusArticlePage.objects.naming(initiative.pk)}


@register.simple_tag
def library_url() -> str:
    return reverse("wagtail_serve", args=["initiatives/"])


@register.simple_tag
def cover_caption(initiative: InitiativePage) -> str:
    """Print what light the cover shows; nothing where the position is not recorded."""
    height = pictures.sun_height(initiative)
    if height is None:
        return ""
    hour = f"{pictures.hour(initiative.edition):02}:00"
    at = format_html('<span class="when"><time>{}</time> UTC</span>', hour)
    sentence = (
        _("{city} on 1 November at {at}. The sun stands {degrees}° high.")
        if height > 0
        else _("{city} on 1 November at {at}. The sun is {degrees}° below the horizon.")
    )
    return format_html(sentence, city=initiative.city.name, at=at, degrees=abs(height))


@register.simple_tag(takes_context=True)
def case_data(context: Context, initiative: InitiativePage) -> str:
    """Print a case as JSON-LD, to stand in a script; honours as they may be told."""
    data = linked_data(
        initiative,
        url=lasting_url(initiative.slug),
        image=pictures.share_address(initiative),
        awards=[str(honour) for honour in told_honours(context, initiative)],
    )
    return mark_safe(script_of(data))  # noqa: S308 -- nothing in it can end the script


@register.simple_tag
def source_link(source: str) -> str:
    """Print a source: a link named by its host where it is an address, the words otherwise."""
    address, _space, rest = source.partition(" ")
    if urlsplit(address).scheme not in {"http", "https"}:
        return source
    link = format_html('<a href="{}" rel="noopener">{}</a>', address, address)
    return format_html("{} {}", link, rest) if rest else link


@register.filter
def grouped(number: int) -> str:
    """Return digits in groups of three with thin spaces, as ISO 80000-1 writes them."""
    return mark_safe(f"{number:,}".replace(",", "\u202f"))  # noqa: S308 -- digits only

"""The form of a letter to the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from laurels.website.forms import LetterForm

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.inclusion_tag("website/letter_form.html", takes_context=True)
def letter_form(context: Context) -> dict[str, Any]:
    """Print the form: as it was typed where something in it is wrong, else empty."""
    return {"form": context.get("form") or LetterForm(), "csrf_token": context.get("csrf_token")}

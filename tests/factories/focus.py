"""FOCUS articles under a planted page tree."""

from __future__ import annotations

from typing import Any

from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.website.actions.pages import plant_pages


def initiative_block(initiative: InitiativePage, extract: str = "") -> dict[str, Any]:
    return {
        "type": "initiative",
        "value": {"initiative": initiative.pk, "extract": extract},
    }


def city_block(name: str, country: str = "") -> dict[str, Any]:
    return {"type": "city", "value": {"name": name, "country": country}}


def text_block(text: str) -> dict[str, Any]:
    return {"type": "text", "value": f"<p>{text}</p>"}


def make_article(title: str = "Let us go green", **fields: Any) -> FocusArticlePage:
    _, _, index = plant_pages()
    return index.add_child(instance=FocusArticlePage(title=title, **fields))

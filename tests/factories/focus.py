"""FOCUS articles under a planted page tree."""

from __future__ import annotations

from typing import Any

from laurels.focus.models import FocusArticlePage
from laurels.website.actions.pages import plant_pages


def make_article(title: str = "Let us go green", **fields: Any) -> FocusArticlePage:
    _, _, index = plant_pages()
    return index.add_child(instance=FocusArticlePage(title=title, **fields))

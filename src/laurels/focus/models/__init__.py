"""The list of FOCUS articles, the articles, and what co-publishers say of them."""

from laurels.focus.models.approval import Approval, Signatory
from laurels.focus.models.article_page import (
    LONGEST_TEASER,
    FocusArticlePage,
    FocusCorrection,
    NotApproved,
)
from laurels.focus.models.index_page import FocusIndexPage

__all__ = [
    "LONGEST_TEASER",
    "Approval",
    "FocusArticlePage",
    "FocusCorrection",
    "FocusIndexPage",
    "NotApproved",
    "Signatory",
]

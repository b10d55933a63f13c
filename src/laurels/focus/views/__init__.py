"""The pictures of articles, the desk of FOCUS, the builder and the co-publishers' page."""

from laurels.focus.views.builder import focus_builder
from laurels.focus.views.desk import answer_article, focus_article, focus_desk, send_article
from laurels.focus.views.drawing import cover, share_picture
from laurels.focus.views.signing import signing

__all__ = [
    "answer_article",
    "cover",
    "focus_article",
    "focus_builder",
    "focus_desk",
    "send_article",
    "share_picture",
    "signing",
]

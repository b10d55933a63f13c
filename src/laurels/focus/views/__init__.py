"""The pictures of articles, the desk of FOCUS and the co-publishers' page."""

from laurels.focus.views.drawing import cover, share_picture

__all__ = ["cover", "share_picture"]

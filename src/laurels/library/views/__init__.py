"""The covers as pictures, and the map."""

from laurels.library.views.cover import cover
from laurels.library.views.map import map  # noqa: A004 -- named for its page

__all__ = ["cover", "map"]

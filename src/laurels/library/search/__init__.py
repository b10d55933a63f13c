"""Finds initiatives: by words in any script and by choices, in PostgreSQL alone."""

from laurels.library.search.choices import Choice
from laurels.library.search.finding import ROWS_PER_PAGE, Found, Respelt, find, find_all
from laurels.library.search.question import FACETS, Ignored, LibraryQuestion
from laurels.library.search.telling import told_editions

__all__ = [
    "FACETS",
    "ROWS_PER_PAGE",
    "Choice",
    "Found",
    "Ignored",
    "LibraryQuestion",
    "Respelt",
    "find",
    "find_all",
    "told_editions",
]

"""Finds initiatives: by words in any script and by choices, in PostgreSQL alone."""

from laurels.library.search.choices import Choice
from laurels.library.search.finding import ROWS_PER_PAGE, Found, Respelt, find, find_all
from laurels.library.search.question import FACETS, Ignored, LibraryQuestion
from laurels.library.search.similarity import Likeness, similar_to
from laurels.library.search.telling import told_editions
from laurels.library.search.warming import warm

__all__ = [
    "FACETS",
    "ROWS_PER_PAGE",
    "Choice",
    "Found",
    "Ignored",
    "LibraryQuestion",
    "Likeness",
    "Respelt",
    "find",
    "find_all",
    "similar_to",
    "told_editions",
    "warm",
]

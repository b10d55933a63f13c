"""Cities, their initiatives, what is known of them, themes, goals and honours."""

from laurels.library.models.facts import (
    BasicDatum,
    CaseDocument,
    Contact,
    GalleryPicture,
    Honour,
    ResultFigure,
)
from laurels.library.models.initiative_page import CHAPTERS, InitiativePage
from laurels.library.models.library_page import LibraryPage
from laurels.library.models.places import City, FormerCityAddress
from laurels.library.models.words import Goal, Theme, UrbanAgendaTag
from laurels.library.search.tables import (
    SearchLexeme,
    SearchMatch,
    SearchRank,
    SearchTheme,
    SearchWord,
)

__all__ = [
    "CHAPTERS",
    "BasicDatum",
    "CaseDocument",
    "City",
    "Contact",
    "FormerCityAddress",
    "GalleryPicture",
    "Goal",
    "Honour",
    "InitiativePage",
    "LibraryPage",
    "ResultFigure",
    "SearchLexeme",
    "SearchMatch",
    "SearchRank",
    "SearchTheme",
    "SearchWord",
    "Theme",
    "UrbanAgendaTag",
]

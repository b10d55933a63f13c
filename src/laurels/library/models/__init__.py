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
from laurels.library.models.library_page import ROWS_PER_PAGE, LibraryPage
from laurels.library.models.places import City, FormerCityAddress
from laurels.library.models.words import Goal, Theme, UrbanAgendaTag

__all__ = [
    "CHAPTERS",
    "ROWS_PER_PAGE",
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
    "Theme",
    "UrbanAgendaTag",
]

"""Cities, their initiatives, what is known of them, themes, goals and honours."""

from laurels.library.models.facts import (
    BasicDatum,
    CaseDocument,
    Contact,
    GalleryPicture,
    Honour,
    ResultFigure,
)
from laurels.library.models.follow_up import Adaptation, FollowUp, FollowUpInvitation
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
    "Adaptation",
    "BasicDatum",
    "CaseDocument",
    "City",
    "Contact",
    "FollowUp",
    "FollowUpInvitation",
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

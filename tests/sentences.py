"""What the interface says in English, to find where another language still says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import messages

if TYPE_CHECKING:
    from babel.messages import Message
    from babel.messages.catalog import Catalog

# What a voter meets from the first page to the receipt, letters and refusals included.
VOTERS_PATH = (
    "design/templates/ballotbox/",
    "design/templates/registrar/",
    "design/templates/components/masthead",
    "design/templates/components/colophon",
    "ballotbox/forms",
    "ballotbox/views",
    "registrar/actions",
    "registrar/refusals",
    "registrar/rules",
)
# What a guest of a seminar meets, from the programme to the last letter.
GUESTS_PATH = (
    "design/templates/seminars/",
    "seminars/actions",
    "seminars/calendars",
    "seminars/enums",
    "seminars/forms",
    "seminars/letters",
    "seminars/pictures",
    "seminars/refusals",
    "seminars/rules",
    "seminars/templatetags",
    "seminars/views",
)
# What everybody reads.
PUBLIC_PAGES = (
    "design/",
    "editions/enums",
    "focus/actions",
    "focus/days",
    "focus/refusals",
    "focus/templatetags",
    "focus/views",
    "foundation/countries",
    "library/actions",
    "library/atlas",
    "library/enums",
    "library/forms",
    "library/letters",
    "library/refusals",
    "library/rules",
    "library/search",
    "library/templatetags",
    "library/views",
    "partners/enums",
    "results/enums",
    "website/award_file/themes",
    "website/context",
    "website/embeds",
    "website/feeds",
    "website/forms",
    "website/home",
    "website/rules",
    "website/templatetags",
    "website/views",
)
# Rooms of the house behind a door: who works there reads English where COMPLETE lacks a language.
BEHIND_A_DOOR = (
    "design/templates/account/",
    "design/templates/allauth/",
    "design/templates/components/stay_chart",
    "design/templates/demo/",
    "design/templates/focus/desk/",
    "design/templates/library/case_desk",
    "design/templates/partners/embed_visits_panel",
    "design/templates/results/days",
    "design/templates/results/election",
    "design/templates/seminars/afterwards",
    "design/templates/seminars/desk",
    "design/templates/seminars/parts/columns",
    "design/templates/seminars/parts/contacts",
    "design/templates/seminars/parts/desk_row",
    "design/templates/seminars/parts/stay",
    "design/templates/website/admin/",
    "seminars/actions/desk",
    "seminars/forms/desk",
    "seminars/forms/remaining",
    "seminars/forms/seminar",
    "seminars/views/people",
    "seminars/views/remaining",
)
# Languages in which everything is translated, the admin and every desk too.
COMPLETE = (
    "ar",
    "es",
    "fr",
    "ru",
    "zh_Hans",
)
SHORTEST = 3  # words: shorter ones may be names, or the same in two languages


def met_on(message: Message, *paths: tuple[str, ...]) -> bool:
    """Return whether a message stands in a file of these paths that is open to everybody."""
    starts = tuple(start for path in paths for start in path)
    places = [place for place, _line in message.locations]
    return any(place.startswith(starts) and not place.startswith(BEHIND_A_DOOR) for place in places)


def english_sentences(*paths: tuple[str, ...], template: Catalog | None = None) -> set[str]:
    """Return the sentences of these paths that have no blanks to fill."""
    found = template or messages.gather()
    return {
        message.id
        for message in found
        if isinstance(message.id, str)
        and len(message.id.split()) >= SHORTEST
        and not {"%", "{"} & set(message.id)
        and met_on(message, *paths)
    }

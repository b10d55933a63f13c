"""What of the library is no page of Wagtail's."""

from laurels.library.views.adaptation import adaptation, adaptation_told, confirm_adaptation
from laurels.library.views.citation import citation
from laurels.library.views.city import city
from laurels.library.views.contact import contact, contact_sent
from laurels.library.views.cover import cover, share_picture
from laurels.library.views.desk import case_desk, decide, invite
from laurels.library.views.export import export, package
from laurels.library.views.follow_up import follow_up, follow_up_told
from laurels.library.views.map import map  # noqa: A004 -- named for its page

__all__ = [
    "adaptation",
    "adaptation_told",
    "case_desk",
    "citation",
    "city",
    "confirm_adaptation",
    "contact",
    "contact_sent",
    "cover",
    "decide",
    "export",
    "follow_up",
    "follow_up_told",
    "invite",
    "map",
    "package",
    "share_picture",
]

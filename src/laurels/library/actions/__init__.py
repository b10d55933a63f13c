"""What happens in the library: letters to cities, reports of cities, corrected names."""

from laurels.library.actions.adaptation import Adopted, decide_adaptation, tell_adaptation
from laurels.library.actions.cities import settle_city_address
from laurels.library.actions.contact import Sender, write_to_case
from laurels.library.actions.follow_up import (
    decide_follow_up,
    invite_to_report,
    report_follow_up,
)
from laurels.library.actions.limits import count_file

__all__ = [
    "Adopted",
    "Sender",
    "count_file",
    "decide_adaptation",
    "decide_follow_up",
    "invite_to_report",
    "report_follow_up",
    "settle_city_address",
    "tell_adaptation",
    "write_to_case",
]

"""What happens in seminars. Each function is one transaction, whole or not at all."""

from laurels.seminars.actions.asking import (
    Asked,
    Guest,
    ask_question,
    forget_networks,
    network_key,
    set_proof,
    vote_for_question,
)
from laurels.seminars.actions.moderating import (
    answer_question,
    block_asker,
    clear_screen,
    edit_question,
    hide_question,
    merge_questions,
    put_on_screen,
    show_question,
    take_down_question,
)

__all__ = [
    "Asked",
    "Guest",
    "answer_question",
    "ask_question",
    "block_asker",
    "clear_screen",
    "edit_question",
    "forget_networks",
    "hide_question",
    "merge_questions",
    "network_key",
    "put_on_screen",
    "set_proof",
    "show_question",
    "take_down_question",
    "vote_for_question",
]

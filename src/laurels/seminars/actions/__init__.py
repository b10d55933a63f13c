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
from laurels.seminars.actions.cities import (
    ask_for_answers,
    forget_addresses,
    invite_city,
    write_answer,
    write_note,
)
from laurels.seminars.actions.desk import (
    DeskRefusal,
    add_by_hand,
    cancel_by_hand,
    cancel_seminar,
    move_seminar,
    thank,
    to_tell,
    to_thank,
    write_again,
)
from laurels.seminars.actions.feedback import give_feedback
from laurels.seminars.actions.joining import (
    count_share,
    join,
)
from laurels.seminars.actions.mailing import (
    OURS,
    about,
    discarded_change,
    drop_unwanted,
    forget_notes,
    waiting_batches,
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
from laurels.seminars.actions.once import do_once
from laurels.seminars.actions.registering import (
    Details,
    change_choice,
    confirm_address,
    forget_unconfirmed,
    register,
    resume_reminders,
    stop_reminders,
)
from laurels.seminars.actions.remaining import keep_what_remains
from laurels.seminars.actions.seats import (
    fill_seats_of,
)
from laurels.seminars.actions.writing import (
    let_move_up,
    write_due_letters,
)

__all__ = [
    "OURS",
    "Asked",
    "DeskRefusal",
    "Details",
    "Guest",
    "about",
    "add_by_hand",
    "answer_question",
    "ask_for_answers",
    "ask_question",
    "block_asker",
    "cancel_by_hand",
    "cancel_seminar",
    "change_choice",
    "clear_screen",
    "confirm_address",
    "count_share",
    "discarded_change",
    "do_once",
    "drop_unwanted",
    "edit_question",
    "fill_seats_of",
    "forget_addresses",
    "forget_networks",
    "forget_notes",
    "forget_unconfirmed",
    "give_feedback",
    "hide_question",
    "invite_city",
    "join",
    "keep_what_remains",
    "let_move_up",
    "merge_questions",
    "move_seminar",
    "network_key",
    "put_on_screen",
    "register",
    "resume_reminders",
    "set_proof",
    "show_question",
    "stop_reminders",
    "take_down_question",
    "thank",
    "to_tell",
    "to_thank",
    "vote_for_question",
    "waiting_batches",
    "write_again",
    "write_answer",
    "write_due_letters",
    "write_note",
]

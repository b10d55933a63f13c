"""What is allowed in a seminar and how it is reckoned. Pure: told the time, writes nothing."""

from laurels.seminars.rules.states import is_ahead, state, with_states

__all__ = ["is_ahead", "state", "with_states"]

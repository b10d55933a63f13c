"""What happens on the whole site: the award's file is loaded, whole or not at all."""

from laurels.website.actions.letters import write_to_secretariat
from laurels.website.actions.load_award import Loading, load_award
from laurels.website.actions.people import invite_person

__all__ = ["Loading", "invite_person", "load_award", "write_to_secretariat"]

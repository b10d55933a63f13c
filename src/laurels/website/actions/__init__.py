"""What happens on the whole site: the award's file is loaded, whole or not at all."""

from laurels.website.actions.letters import write_to_secretariat
from laurels.website.actions.load_award import Loading, load_award

__all__ = ["Loading", "load_award", "write_to_secretariat"]

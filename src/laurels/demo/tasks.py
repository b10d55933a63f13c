from django.core.management import call_command
from django_tasks import task

from laurels.demo import actions
from laurels.demo.models import ClockTrip


@task()
def make_trip(trip: int) -> None:
    """Move the clock on; see `actions.make_trip`."""
    actions.make_trip(trip=ClockTrip.objects.select_related("election").get(pk=trip))


@task()
def load_history() -> None:
    """Load what happened in 2023, which the file holds and the pages did not know until now."""
    call_command("load_award", str(actions.AWARD_FOLDER), verbosity=0)

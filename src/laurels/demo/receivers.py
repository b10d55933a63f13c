from typing import Any

from django.dispatch import receiver

from laurels.ballotbox.models import Election
from laurels.demo import tasks
from laurels.results.signals import result_revealed


@receiver(result_revealed, dispatch_uid="demo.load_history")
def load_history(election: Election, **_signal: Any) -> None:
    """What happened in 2023 stands beside the demo's own result, not before it."""
    if election.is_demo:
        tasks.load_history.enqueue()

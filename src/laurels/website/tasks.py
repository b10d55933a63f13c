from django_tasks import task

from laurels.foundation import clock
from laurels.website.actions import import_runs


@task()
def run_import(run: int) -> None:
    """Check a long file of initiatives or bring it in; see `import_runs.run_import`."""
    import_runs.run_import(pk=run, now=clock.now(), now_of=clock.award_now)

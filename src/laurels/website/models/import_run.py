"""A file of initiatives that the worker checks or brings in, since it is too long for a page."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from laurels.foundation.models import KeptFile

UNSETTLED = [TaskResultStatus.READY, TaskResultStatus.RUNNING]


class RunState(StrEnum):
    """How far a run has come."""

    IN_LINE = "in_line"
    UNDER_WAY = "under_way"
    DONE = "done"
    REFUSED = "refused"
    CUT_OFF = "cut_off"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Runs, the newest first."""

    def unsettled(self) -> ImportRunQuerySet:
        """Return those that the worker still has before it or under way."""
        tasks = DBTaskResult.objects.filter(status__in=UNSETTLED).values("pk")
        return self.filter(ended_at=None, task__in=tasks)


class ImportRun(models.Model):
    """What the worker was asked to do with a kept file, and what came of it.

    `written_count` grows while the rows are written, in a transaction of its own; all below
    `ended_at` is written in the transaction of the import, and stands or falls with it.
    """

    file = models.ForeignKey(
        KeptFile, models.CASCADE, related_name="import_runs", verbose_name=_("file")
    )
    is_dry = models.BooleanField(_("only a check"))
    file_wins = models.BooleanField(_("the file's text is taken"), default=False)
    asked_by = models.CharField(_("asked by"), max_length=200)
    asked_at = models.DateTimeField(_("asked at"))
    task = models.UUIDField(_("task"), null=True, blank=True)
    rows_count = models.PositiveIntegerField(_("rows"))
    written_count = models.PositiveIntegerField(_("rows written"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    created = models.JSONField(_("new"), default=list)
    changed = models.JSONField(_("changed"), default=list)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)
    cities_count = models.PositiveIntegerField(_("cities"), default=0)
    problems = models.JSONField(_("problems"), default=list)
    warnings = models.JSONField(_("to know"), default=list)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def changes_nothing(self) -> bool:
        return not (self.created or self.changed or self.cities_count)

    @property
    def state(self) -> RunState:
        """Tell from the run and its task; a task that was given up leaves a run that never ends."""
        if self.ended_at:
            return RunState.REFUSED if self.problems else RunState.DONE
        task = DBTaskResult.objects.filter(pk=self.task).first() if self.task else None
        if task is None or task.status == TaskResultStatus.FAILED:
            return RunState.CUT_OFF
        # One that was successful meanwhile has written its end since this row was read.
        return RunState.IN_LINE if task.status == TaskResultStatus.READY else RunState.UNDER_WAY

    @property
    def ahead_count(self) -> int:
        """Return how many other runs the worker does first."""
        return ImportRun.objects.unsettled().filter(pk__lt=self.pk).count()

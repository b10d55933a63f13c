"""The words by which initiatives are gathered: themes, goals, tags of the New Urban Agenda."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.library.enums import GlobalGoal
from laurels.library.search.keeping import Indexed


class Theme(Indexed, models.Model):
    """A subject that initiatives and FOCUS articles share."""

    slug = models.SlugField(_("address part"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def indexed_pks(self) -> list[int]:
        initiatives = self.initiatives  # type: ignore[attr-defined] # modelcluster's relation
        return list(initiatives.values_list("pk", flat=True)) if self.pk else []


class UrbanAgendaTag(models.Model):
    """A commitment of the New Urban Agenda (A/RES/71/256), in the words of the secretariat."""

    slug = models.SlugField(_("address part"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("New Urban Agenda tag")
        verbose_name_plural = _("New Urban Agenda tags")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """One of the 17 Sustainable Development Goals."""

    number = models.PositiveSmallIntegerField(
        _("number"), primary_key=True, choices=GlobalGoal.choices
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goal_is_one_of_seventeen", condition=models.Q(number__gte=1, number__lte=17)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def name(self) -> str:
        """The goal's short name, in the language under way."""
        return str(GlobalGoal(self.number).label)

"""Who carries the award, their campaigns for the public vote, and what their embeds brought."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laurels.editions.models import Edition
from laurels.partners.enums import EmbedKind
from laurels.partners.queries import CampaignQuerySet, EmbedVisitQuerySet, PartnerQuerySet


class Partner(models.Model):
    """An organisation that carries the award; all are shown in one size and alphabetically."""

    slug = models.SlugField(_("address part"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    role = models.CharField(_("role"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    url = models.URLField(
        _("web site"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Without a logo the short name is set in type."),
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering: ClassVar = ["short_name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("website:partner", args=[self.slug])


class Member(models.Model):
    """Whom a person of the award works for, where it is one of the partners."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="members", verbose_name=_("partner")
    )

    class Meta:
        verbose_name = _("member of a partner")
        verbose_name_plural = _("members of partners")

    def __str__(self) -> str:
        return f"{self.person}, {self.partner.short_name}"


class Campaign(models.Model):
    """A partner's own page that calls to the public vote of one edition."""

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="campaigns", verbose_name=_("partner")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("edition")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="campaign_is_one_per_partner_and_edition", fields=["partner", "edition"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner.short_name} {self.edition.year}"

    def get_absolute_url(self) -> str:
        return reverse("website:campaign", args=[self.partner.slug, self.edition.year])


class EmbedVisit(models.Model):
    """How often a partner's embed of one thing was loaded on one day (UTC).

    A count and nothing else: no address, no browser, no hour. Written by `actions.count_visit`.
    """

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="embed_visits", verbose_name=_("partner")
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("what"), max_length=20, choices=EmbedKind.choices)
    address = models.CharField(_("address part"), max_length=255)
    count = models.PositiveIntegerField(_("visits"))

    objects = EmbedVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visits of an embed")
        verbose_name_plural = _("visits of embeds")
        ordering: ClassVar = ["-day", "kind", "address"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="embed_visits_are_one_row_a_day",
                fields=["partner", "day", "kind", "address"],
            ),
            models.CheckConstraint(
                name="embed_visits_are_counted_from_one", condition=models.Q(count__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.kind}/{self.address} {self.count}"

"""Cities, and the addresses that they once had."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laurels.foundation.countries import country_name
from laurels.library.enums import Region
from laurels.library.queries import CityQuerySet
from laurels.library.regions import region_of
from laurels.library.search.keeping import Indexed


class City(Indexed, models.Model):  # type: ignore[django-manager-missing] # Wagtail's page managers are Any
    """A city, region or district. Coordinates are WGS 84 in degrees, None where not recorded."""

    name = models.CharField(_("name"), max_length=120)
    local_name = models.CharField(_("local name"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120)
    country_code = models.CharField(
        _("country code"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1."))],
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    # Made from the name; when that is corrected, `actions.settle_city_address` moves it.
    slug = models.SlugField(
        _("address part"), max_length=200, unique=True, blank=True, editable=False
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering: ClassVar = ["name", "country"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="city_is_one_per_name_and_country", fields=["name", "country_code"]
            ),
            models.CheckConstraint(
                name="city_has_both_coordinates_or_none",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="city_lies_on_earth",
                condition=models.Q(latitude__isnull=True)
                | models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = City.objects.free_address(self.country_code, self.name)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("library:city", args=[self.slug])

    def indexed_pks(self) -> list[int]:
        return list(self.initiatives.values_list("pk", flat=True)) if self.pk else []

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def country_name(self) -> str:
        """The country in the language under way."""
        return country_name(self.country_code, self.country)

    @property
    def region(self) -> Region | None:
        """The world region of its country; None for a code that ISO 3166-1 does not hold."""
        return region_of(self.country_code)


class FormerCityAddress(models.Model):
    """An address that a city had before its name was corrected; it leads to the new one."""

    slug = models.SlugField(_("address part"), max_length=200, unique=True)
    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="former_addresses", verbose_name=_("city")
    )

    class Meta:
        verbose_name = _("former address of a city")
        verbose_name_plural = _("former addresses of cities")

    def __str__(self) -> str:
        return self.slug

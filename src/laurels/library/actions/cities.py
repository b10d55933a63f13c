"""A city's name is corrected; its old address leads to the new one."""

from __future__ import annotations

import re

from django.db import transaction

from laurels.library.addresses import city_stem
from laurels.library.models import City, FormerCityAddress


@transaction.atomic
def settle_city_address(*, city: City) -> str:
    """Give a city the address of its present name, and keep its former one for redirects.

    Call it after a name or a country code was written. A name that gives the same address
    changes nothing; a name that the city once had gives it the old address back.
    """
    kept = City.objects.select_for_update().get(pk=city.pk)
    begun = city_stem(kept.country_code, kept.name)
    if re.fullmatch(re.escape(begun) + r"(?:-\d+)?", kept.slug):
        return kept.slug
    former = FormerCityAddress.objects.filter(city=kept, slug=begun)
    address = begun if former.exists() else City.objects.free_address(kept.country_code, kept.name)
    former.delete()
    FormerCityAddress.objects.create(slug=kept.slug, city=kept)
    kept.slug = city.slug = address
    kept.save(update_fields=["slug"])
    return address

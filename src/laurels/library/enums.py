"""Stages, honours and the global goals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far an initiative came before the jury met; honours are told apart from it."""

    ENTERED = "entered", _("Entered")
    DESERVING = "deserving", _("Deserving")
    SHORTLISTED = "shortlisted", _("Shortlisted")


class HonourKind(models.TextChoices):
    """What an edition gave to an initiative, in the order in which it is read out."""

    WINNER = "winner", _("Winner")
    CITY_OF_YOUR_CHOICE = "city_of_your_choice", _("City of Your Choice")
    SPECIAL_MENTION = "special_mention", _("Special mention")
    PUBLIC_RECOMMENDED_CITY = "public_recommended_city", _("Public recommended city")
    MEDIA_ATTENTION_CITY = "media_attention_city", _("Media-attention city")
    MEDAL_OF_HONOR = "medal_of_honor", _("Medal of Honor")


class GlobalGoal(models.IntegerChoices):
    """The Sustainable Development Goals of the United Nations (A/RES/70/1), short names."""

    NO_POVERTY = 1, _("No poverty")
    ZERO_HUNGER = 2, _("Zero hunger")
    HEALTH = 3, _("Good health and well-being")
    EDUCATION = 4, _("Quality education")
    GENDER = 5, _("Gender equality")
    WATER = 6, _("Clean water and sanitation")
    ENERGY = 7, _("Affordable and clean energy")
    WORK = 8, _("Decent work and economic growth")
    INDUSTRY = 9, _("Industry, innovation and infrastructure")
    INEQUALITIES = 10, _("Reduced inequalities")
    CITIES = 11, _("Sustainable cities and communities")
    CONSUMPTION = 12, _("Responsible consumption and production")
    CLIMATE = 13, _("Climate action")
    OCEANS = 14, _("Life below water")
    LAND = 15, _("Life on land")
    PEACE = 16, _("Peace, justice and strong institutions")
    PARTNERSHIPS = 17, _("Partnerships for the goals")


class BasicDataKind(models.TextChoices):
    """The seven basic data that the award asks of every city, in its order and its units."""

    POPULATION = "population", _("Population size")
    GROWTH = "population_growth", _("Population growth rate (%)")
    AREA = "surface_area", _("Surface area (sq. km)")
    DENSITY = "population_density", _("Population density (people/sq. km)")
    GDP_PER_CAPITA = "gdp_per_capita", _("GDP per capita (US$)")
    GINI = "gini_index", _("GINI index")
    PROSPERITY = "source_of_prosperity", _("Main source of prosperity")


class Licence(models.TextChoices):
    """What others may do with the text of a case; values are SPDX identifiers but the last."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0 (CC BY 4.0)")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)")
    CC0 = "CC0-1.0", _("No rights reserved (CC0 1.0)")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def url(self) -> str:
        """The address of the licence's text, "" where all rights are reserved."""
        return LICENCE_TEXTS.get(self.value, "")


LICENCE_TEXTS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class Region(models.TextChoices):
    """A region of the world, as the statistics division of the United Nations draws them (M49).

    The Americas are told apart as there: Latin America and the Caribbean, and Northern America.
    """

    AFRICA = "africa", _("Africa")
    ASIA = "asia", _("Asia")
    EUROPE = "europe", _("Europe")
    LATIN_AMERICA = "latin-america", _("Latin America and the Caribbean")
    NORTHERN_AMERICA = "northern-america", _("Northern America")
    OCEANIA = "oceania", _("Oceania")


class CitySize(models.TextChoices):
    """Classes of city size by population, those of the UN's World Urbanization Prospects.

    Its two smallest (under 300,000; 300,000 to 500,000) are one here.
    """

    SMALL = "under-500k", _("Under 500,000")
    MEDIUM = "500k-1m", _("500,000 to 1 million")
    LARGE = "1m-5m", _("1 to 5 million")
    VERY_LARGE = "5m-10m", _("5 to 10 million")
    MEGACITY = "over-10m", _("10 million and more")


class FindOrder(models.TextChoices):
    """In which order what was found is shown."""

    BEST = "best", _("Best match first")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    CITY = "city", _("By city")
    COUNTRY = "country", _("By country")


class Told(models.TextChoices):
    """What the award does with something that a city told it afterwards."""

    WAITING = "waiting", _("Waits for a decision")
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Not shown")

"""Short names for the themes of the Guangzhou Award; its file gives descriptions only."""

from django.utils.translation import gettext_noop

THEME_NAMES = {
    "care-ageing": gettext_noop("Care and ageing"),
    "children-youth": gettext_noop("Children and youth"),
    "gender": gettext_noop("Gender equality"),
    "inclusion": gettext_noop("Inclusion"),
    "health": gettext_noop("Public health"),
    "education": gettext_noop("Education"),
    "food": gettext_noop("Food"),
    "waste-circular": gettext_noop("Waste and circular economy"),
    "water-sanitation": gettext_noop("Water and sanitation"),
    "climate-resilience": gettext_noop("Climate resilience"),
    "energy-carbon": gettext_noop("Energy and carbon"),
    "green-public-space": gettext_noop("Parks and public space"),
    "mobility": gettext_noop("Mobility"),
    "heritage-culture": gettext_noop("Heritage and culture"),
    "participation": gettext_noop("Participation"),
    "governance-sdg": gettext_noop("Governance and SDGs"),
    "digital": gettext_noop("Digital city"),
    "economy-jobs": gettext_noop("Work and livelihoods"),
    "housing-regeneration": gettext_noop("Housing and renewal"),
}
LONGEST_NAME = 80


def name_of(slug: str, description: str) -> str:
    """Return the theme's short name; of a theme of another award, its description, cut short."""
    return THEME_NAMES.get(slug) or (description[:1].upper() + description[1:])[:LONGEST_NAME]

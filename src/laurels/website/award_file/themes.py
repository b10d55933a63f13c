"""Short names for the themes of the Guangzhou Award; its file gives descriptions only."""

THEME_NAMES = {
    "care-ageing": "Care and ageing",
    "children-youth": "Children and youth",
    "gender": "Gender equality",
    "inclusion": "Inclusion",
    "health": "Public health",
    "education": "Education",
    "food": "Food",
    "waste-circular": "Waste and circular economy",
    "water-sanitation": "Water and sanitation",
    "climate-resilience": "Climate resilience",
    "energy-carbon": "Energy and carbon",
    "green-public-space": "Parks and public space",
    "mobility": "Mobility",
    "heritage-culture": "Heritage and culture",
    "participation": "Participation",
    "governance-sdg": "Governance and SDGs",
    "digital": "Digital city",
    "economy-jobs": "Work and livelihoods",
    "housing-regeneration": "Housing and renewal",
}
LONGEST_NAME = 80


def name_of(slug: str, description: str) -> str:
    """Return the theme's short name; of a theme of another award, its description, cut short."""
    return THEME_NAMES.get(slug) or (description[:1].upper() + description[1:])[:LONGEST_NAME]

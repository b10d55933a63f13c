"""Reads `partners.json`: the partners and their campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.website.award_file.shapes import CampaignShape, PartnerShape

if TYPE_CHECKING:
    from collections.abc import Collection

    from laurels.website.award_file.places import Fields

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
WEB_ADDRESS = r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?"


def read_partners(document: Fields) -> tuple[PartnerShape, ...]:
    """Return the partners in the file's order; pages show them alphabetically."""
    partners: dict[str, PartnerShape] = {}
    for fields in document.each("partners", required=True):
        partner = _read_partner(fields)
        if partner.slug and partner.slug in partners:
            fields.problem("slug", f"{partner.slug} stands there twice")
        partners[partner.slug] = partner
    return tuple(partners.values())


def read_campaigns(
    document: Fields, slugs: Collection[str], ordinals: Collection[int]
) -> tuple[CampaignShape, ...]:
    """Return `campaign` (one) or `campaigns` (a list); each names a partner and an edition."""
    places = [document.child("campaign")] if document.has("campaign") else []
    places += document.each("campaigns")
    campaigns = []
    for fields in places:
        slug = fields.choice("partner", slugs, required=True)
        ordinal = fields.whole("edition", least=1, required=True)
        if ordinal is not None and ordinal not in ordinals:
            fields.problem("edition", f"{ordinal} is no edition of editions.json")
        # What a page shows is for the people who write it, not for the database.
        fields.done("about", "shows")
        if slug and ordinal is not None:
            campaigns.append(CampaignShape(slug, ordinal))
    document.done("conventions", "sources", "partners")
    return tuple(dict.fromkeys(campaigns))


def _read_partner(fields: Fields) -> PartnerShape:
    if fields.has("logo"):
        fields.warn("logo", "is not loaded: each partner's logo is uploaded by hand")
    partner = PartnerShape(
        slug=fields.text(
            "slug", longest=50, required=True, pattern=SLUG, hint="an address part, as in uclg"
        ),
        name=fields.text("name", longest=200, required=True),
        short_name=fields.text("short", longest=60, required=True),
        role=fields.text("role", longest=120),
        city=fields.text("city", longest=120),
        country=fields.text("country", longest=120),
        url=fields.text(
            "url", longest=500, pattern=WEB_ADDRESS, hint="a web address with http or https"
        ),
    )
    fields.done("logo")
    return partner

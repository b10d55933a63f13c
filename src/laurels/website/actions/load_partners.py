"""Writes partners and their campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.partners.models import Campaign, Partner
from laurels.website.award_file.reading import PARTNERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.website.actions.ledger import Ledger
    from laurels.website.actions.load_editions import LoadedEdition
    from laurels.website.award_file.shapes import CampaignShape, PartnerShape


def load_partners(shapes: Sequence[PartnerShape], ledger: Ledger) -> None:
    """Write the partners, known by their slugs."""
    rows = {partner.slug: partner for partner in Partner.objects.all()}
    for number, shape in enumerate(shapes):
        said = {
            "name": shape.name,
            "short_name": shape.short_name,
            "role": shape.role,
            "city": shape.city,
            "country": shape.country,
            "url": shape.url,
        }
        row = rows.get(shape.slug) or Partner(slug=shape.slug)
        ledger.save_row(row, said, document=PARTNERS, place=f"partners[{number}]")


def load_campaigns(
    shapes: Sequence[CampaignShape], editions: Sequence[LoadedEdition], ledger: Ledger
) -> None:
    """Write the campaigns that are not there yet; one has no fields of its own."""
    partners = {partner.slug: partner for partner in Partner.objects.all()}
    rows = {edition.row.ordinal: edition.row for edition in editions}
    for shape in shapes:
        _, is_new = Campaign.objects.get_or_create(
            partner=partners[shape.partner], edition=rows[shape.ordinal]
        )
        ledger.created["campaign"] += is_new

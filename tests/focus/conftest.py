"""An article that two partners sign, and its editor."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from laurels.accounts.models import Person
from laurels.focus.models import FocusArticlePage, Signatory
from laurels.partners.models import Partner
from tests.factories.editions import make_edition
from tests.factories.focus import initiative_block, make_article
from tests.factories.library import make_initiative


@dataclass
class CoPublished:
    """A draft with two co-publishers, each of whom one person signs for."""

    article: FocusArticlePage
    editor: Person
    partners: list[Partner]
    signatories: list[Signatory]

    def save(self, **fields):
        """Save a new version of the draft as an editor does."""
        page = self.article.get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        return page.save_revision(user=self.editor)

    def stored(self):
        return FocusArticlePage.objects.get(pk=self.article.pk)


@pytest.fixture
def co_published(db) -> CoPublished:
    editor = Person.objects.create_superuser("editor@example.org", name="Mei Lin")
    partners = [
        Partner.objects.create(slug=slug, name=f"{name} International", short_name=name)
        for slug, name in (("uclg", "UCLG"), ("metropolis", "Metropolis"))
    ]
    signatories = [
        Signatory.objects.create(
            partner=partner,
            name=f"Signer of {partner.short_name}",
            email=f"signer@{partner.slug}.example.org",
        )
        for partner in partners
    ]
    article = make_article(
        "Let us go green",
        live=False,
        body=[initiative_block(make_initiative(make_edition()))],
        co_publishers=partners,
    )
    article.save_revision(user=editor)
    return CoPublished(article, editor, partners, signatories)

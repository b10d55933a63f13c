"""The 115 real initiatives as documents, straight from the award's own file: quick to index."""

from __future__ import annotations

from typing import NamedTuple

from laurels.library.enums import Stage
from laurels.library.models import SearchTheme
from laurels.library.search.documents import Document, Telling, country_names
from laurels.library.search.facets import Traits
from laurels.library.search.rebuilding import rebuild
from laurels.website.award_file.initiatives import HONOURS
from laurels.website.award_file.themes import name_of
from tests.factories.award import real_documents
from tests.factories.library import make_theme


class Real(NamedTuple):
    """The documents by name ("2018 Wuhan"; a second of that name gets " 2"), and their keys."""

    documents: dict[str, Document]

    def names(self, pks) -> list[str]:
        by_pk = {document.pk: name for name, document in self.documents.items()}
        return [by_pk[pk] for pk in pks]


def index_the_real_library() -> Real:
    editions = real_documents()["editions.json"]
    bits = {}
    vocabulary = editions["conventions"]["theme_vocabulary"]
    for bit, (slug, description) in enumerate(vocabulary.items()):
        bits[slug] = bit
        theme = make_theme(slug)
        theme.name = name_of(slug, description)
        theme.save()
        SearchTheme.objects.create(bit=bit, theme=theme)
    documents: dict[str, Document] = {}
    for edition in editions["editions"]:
        for stage, key in ((Stage.SHORTLISTED, "cities"), (Stage.DESERVING, "deserving_known")):
            for entry in edition.get(key) or []:
                name = f"{edition['year']} {entry['city']}"
                name += " 2" if name in documents else ""
                documents[name] = _document(len(documents) + 1, edition["year"], entry, stage, bits)
    rebuild(lambda: iter(documents.values()))
    return Real(documents)


def _document(pk, year, entry, stage, bits) -> Document:
    themes = entry.get("themes") or []
    title = entry.get("initiative_title") or entry.get("title") or ""
    return Document(
        pk=pk,
        tellings=(Telling("en", title, entry.get("summary") or "", ""),),
        places=(entry["city"], *country_names(entry["iso2"]), entry["country"]),
        subjects=tuple(make_theme(slug).name for slug in themes),
        traits=Traits(
            themes=tuple(bits[slug] for slug in themes),
            goals=tuple(entry.get("sdgs") or ()),
            country_code=entry["iso2"],
            year=year,
            population=entry.get("population"),
            languages=("en",),
            outcomes=(
                stage.value,
                *(HONOURS[word].value for word in entry.get("outcomes") or () if word in HONOURS),
            ),
        ),
    )

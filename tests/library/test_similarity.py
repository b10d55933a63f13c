"""Similar initiatives, on the real library, against the judgement of whoever wrote this table."""

from __future__ import annotations

import pytest

from laurels.library.search import similar_to
from tests.library.real_library import index_the_real_library

pytestmark = pytest.mark.django_db

# What a planner who reads the one should be shown of the others: judged from the titles and
# summaries alone, before anything was measured. Of the same city nothing is ever shown.
JUDGED = {
    "2012 Kocaeli": ["2016 Istanbul", "2014 Christchurch", "2014 Rio de Janeiro"],
    "2014 Antioquia": ["2023 Iztapalapa", "2018 Salvador"],
    "2014 Boston": ["2014 Changwon", "2021 Union of Dannieh Municipalities", "2014 Buenos Aires"],
    "2014 Christchurch": ["2012 Kocaeli", "2016 Istanbul"],
    "2014 Dakar": ["2023 São Paulo", "2018 Mezitli"],
    "2014 Hamburg": ["2014 Linköping", "2014 Abu Dhabi", "2018 Sydney"],
    "2014 Jakarta": ["2016 Malang", "2018 Santa Fe", "2016 Copenhagen"],
    "2014 Linköping": ["2014 Hamburg", "2014 Abu Dhabi", "2016 Songpa-gu"],
    "2016 Copenhagen": ["2016 Malang", "2018 Santa Fe", "2014 Jakarta"],
    "2016 La Paz": ["2023 Xianning", "2023 Jakarta"],
    "2016 Qalyubeya Governorate": ["2018 Surabaya", "2026 Semarang", "2021 Odisha"],
    "2018 Mezitli": ["2014 Dakar", "2023 São Paulo", "2023 Pimpri Chinchwad"],
    "2018 Milan": ["2023 Cape Town", "2018 Mezitli"],
    "2018 New York City": ["2023 Mannheim"],
    "2018 Surabaya": ["2016 Qalyubeya Governorate", "2026 Semarang", "2023 Antalya"],
    "2018 Wuhan": ["2023 Mannheim", "2023 Iztapalapa", "2018 Salvador"],
    "2023 Antalya": ["2023 Tehran", "2018 Surabaya"],
    "2023 Bogotá": ["2023 Gwangju", "2023 Ramallah", "2023 Iztapalapa"],
    "2023 Cape Town": ["2018 Milan"],
    "2023 Gwangju": ["2023 Bogotá", "2023 Ramallah"],
    "2023 Jakarta": ["2023 Xianning", "2016 La Paz"],
    "2023 Kampala": ["2023 Pimpri Chinchwad"],
    "2023 Mannheim": ["2018 New York City", "2018 Wuhan"],
    "2023 Pimpri Chinchwad": ["2023 Kampala", "2018 Mezitli"],
    "2023 Ramallah": ["2023 Gwangju", "2023 Bogotá"],
    "2023 São Paulo": ["2014 Dakar", "2018 Mezitli"],
    "2023 Tehran": ["2023 Antalya"],
    "2023 Xianning": ["2016 La Paz", "2023 Jakarta"],
}
SHOWN = 3


def share_found(shown, judged):
    return len(set(shown) & set(judged)) / len(judged)


def by_shared_themes(real, name):
    """The baseline: most themes in common first, newer before older, none of the same city."""
    own = real.documents[name]
    others = [
        other
        for other in real.documents.values()
        if other.places[0] != own.places[0] and set(other.subjects) & set(own.subjects)
    ]
    others.sort(
        key=lambda other: (
            -len(set(other.subjects) & set(own.subjects)),
            -other.traits.year,
            other.pk,
        )
    )
    return real.names([other.pk for other in others[:SHOWN]])


def shown_for(real, name):
    document = real.documents[name]
    text = f"{document.tellings[0].title} {document.tellings[0].summary}"
    return similar_to(document.pk, [(text, "en")], limit=SHOWN)


def test_similar_initiatives_are_better_than_shared_themes():
    real = index_the_real_library()
    ours, tags = {}, {}
    for name, judged in JUDGED.items():
        assert set(judged) <= set(real.documents), name
        ours[name] = share_found(real.names([each.pk for each in shown_for(real, name)]), judged)
        tags[name] = share_found(by_shared_themes(real, name), judged)

    mean, baseline = sum(ours.values()) / len(ours), sum(tags.values()) / len(tags)

    assert mean > baseline + 0.1
    assert mean >= 0.55


def test_similar_initiatives_come_from_other_cities_and_say_why():
    real = index_the_real_library()

    for name in real.documents:
        likes = shown_for(real, name)
        cities = [real.documents[other].places[0] for other in real.names(e.pk for e in likes)]
        assert len(set(cities)) == len(cities)
        assert real.documents[name].places[0] not in cities
        assert all(like.reasons for like in likes)

    (first, *_) = shown_for(real, "2016 Qalyubeya Governorate")
    assert "waste and circular economy" in first.reasons

"""The sitemap and robots.txt."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from laurels.website.sitemaps import CaseSitemap
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative

pytestmark = pytest.mark.django_db

LOCATIONS = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(autouse=True)
def _english():
    """A request for another language leaves that one active behind it."""
    with override("en"):
        yield


def addresses(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return [each.text for each in ET.fromstring(response.content).iter(LOCATIONS)]  # noqa: S314 -- ours


def test_sitemap_leads_to_every_public_page(client, settings):
    make_initiative(make_edition(2023), "Cape Town")
    make_initiative(make_edition(2021), "Vienna").unpublish()

    maps = addresses(client, "/sitemap.xml")
    every = [each for path in maps for each in addresses(client, re.sub("^.*?//[^/]*", "", path))]

    site = settings.SITE_URL
    assert f"{site}/initiatives/2023-cape-town/" in every
    assert f"{site}/initiatives/2021-vienna/" not in every
    assert {f"{site}/", f"{site}/initiatives/", f"{site}/editions/2023/shortlist/"} <= set(every)
    assert len(every) == len(set(every))
    assert {client.get(each.removeprefix(site)).status_code for each in every} == {200}


def test_sitemap_is_the_same_in_every_language(client):
    make_initiative(make_edition(2023), "Cape Town")

    assert addresses(client, "/ar/sitemap-initiatives.xml") == addresses(
        client, "/sitemap-initiatives.xml"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_of_initiatives_is_read_in_three_queries(django_assert_num_queries, count):
    edition = make_edition(2023)
    for number in range(count):
        make_initiative(edition, f"City {number}")

    with django_assert_num_queries(3):
        found = CaseSitemap().get_urls()

    assert len(found) == count


def test_robots_are_kept_from_doors_and_private_links(client, settings):
    settings.DEMO = False

    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /adaptations/\n" in text
    assert "Disallow: /\n" not in text
    assert text.endswith(f"Sitemap: {settings.SITE_URL}/sitemap.xml\n")


def test_robots_do_not_index_a_demo(client):
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()

"""Which loadings are visits."""

from __future__ import annotations

import pytest

from laurels.website.embeds.visits import is_a_visit

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/142.0"
FRAMED = {"User-Agent": BROWSER, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
FETCHED = {"User-Agent": BROWSER, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty"}


@pytest.mark.parametrize(
    ("headers", "in_frame", "is_one"),
    [
        (FRAMED, True, True),
        (FETCHED, False, True),
        ({"User-Agent": BROWSER, "Accept": "text/html,*/*"}, True, True),
        ({"User-Agent": BROWSER, "Accept": "*/*"}, True, False),
        ({"User-Agent": BROWSER}, False, True),
        (FRAMED | {"User-Agent": "Googlebot/2.1"}, True, False),
        (FRAMED | {"User-Agent": ""}, True, False),
        (FRAMED | {"User-Agent": "curl/8.5"}, True, False),
        (FRAMED | {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"}, True, False),
        (FRAMED | {"Sec-Fetch-Site": "same-origin"}, True, False),
        (FRAMED | {"Sec-Purpose": "prefetch;prerender"}, True, False),
        (FETCHED | {"Sec-Fetch-Dest": "document"}, False, False),
    ],
)
def test_visit_is_a_person_at_another_site(headers, in_frame, is_one):
    assert is_a_visit(headers, in_frame=in_frame) is is_one

"""The finder of bare times finds them, in every way of writing hours, and nothing else."""

import pytest

from tests.times import bare_in_html, bare_in_text


@pytest.mark.parametrize(
    "text",
    [
        "It starts at 20:30.",
        "It starts at 8:30 pm",
        "at 8 p.m. sharp",
        "um 7.30 Uhr",
        "à 20h30",
        "à 20 h 30",
        "في ٢٠:٣٠",
        "晚上8点30分",
        "20時30分",
        "\N{FULLWIDTH DIGIT TWO}0\N{FULLWIDTH COLON}30",
        "20:30-22:00 (soon)",
        "Monday, 20:30 in Guangzhou",
        "2023-11-06 20:30",
        "2023-11-06T20:30:00",
    ],
)
def test_bare_time_is_found(text):
    assert bare_in_text(text)
    assert bare_in_html(f"<main><p>{text}</p></main>")
    assert bare_in_html(f'<meta name="description" content="{text}">')
    assert bare_in_html(f'<button title="{text}">x</button>')


@pytest.mark.parametrize(
    "text",
    [
        "1 November 2023, 00:00 in Guangzhou (31 October 2023, 16:00 UTC)",
        "Monday 6 November 2023, 20:30\N{EN DASH}22:00 in Guangzhou (your time too)",
        "20:30 in Guangzhou (07:30 in Bogotá, your time)",
        "07:00 in Guangzhou (18:00 in Bogotá, your time: Tuesday in Guangzhou, still Monday)",
        "02:30 (UTC+2) in Berlin (00:30 UTC)",
        "00:30 in Mexico City (01:30 (UTC\N{MINUS SIGN}4) in New York, your time)",
        "5 November 2023, 09:00 UTC",
        "2023-11-06T12:30:00Z and 2023-11-06T20:30:00.123+08:00",
        "Mon, 06 Nov 2023 12:30:00 +0000",
        "a ratio of 3:1, page 10.30, 115 initiatives, 8 amendments",
    ],
)
def test_time_with_its_zone_and_other_figures_are_no_bare_times(text):
    assert bare_in_text(text) == []


def test_component_and_code_hold_no_bare_times():
    assert bare_in_html('<p><bdi class="when"><time>12:30</time> UTC</bdi></p>') == []
    assert bare_in_html('<details class="cities"><li>Bogotá 07:30</li></details>') == []
    assert bare_in_html("<code>--at 12:30</code>") == []
    assert bare_in_html('<ul class="cities"><li>07:30</li></ul>') == ["07:30"]

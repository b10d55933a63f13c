"""Reading: every problem is named by its place in the file, all of them at once."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from laurels.editions.enums import Precision
from laurels.website.award_file.problems import AwardFileIsWrong
from laurels.website.award_file.reading import read_folder
from laurels.website.award_file.times import NotAnInstant, Span, read_span
from tests.factories.award import REAL_FILE, make_city_entry, small_documents, write_documents

GUANGZHOU = ZoneInfo("Asia/Shanghai")
CITY = ("editions.json", "editions", 0, "cities", 1)
EDITION = ("editions.json", "editions", 0)


def spoil(documents, path, value):
    *parents, key = path
    place = documents
    for parent in parents:
        place = place[parent]
    place[key] = value


def problems_of(folder, documents):
    with pytest.raises(AwardFileIsWrong) as caught:
        read_folder(write_documents(folder, documents))
    return [str(problem) for problem in caught.value.problems]


def test_real_file_reads_without_a_warning():
    award, report = read_folder(REAL_FILE)

    assert report.warnings == []
    assert [edition.year for edition in award.editions] == [
        2012, 2014, 2016, 2018, 2021, 2023, 2026,
    ]  # fmt: skip
    assert (len(award.articles), len(award.partners), len(award.campaigns)) == (10, 3, 1)


def test_small_file_reads_without_a_warning(tmp_path):
    award, report = read_folder(write_documents(tmp_path, small_documents()))

    assert report.warnings == []
    assert [one.city for one in award.editions[0].initiatives] == [
        "Cape Town", "Durban", "Cape Town",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ((*CITY, "lat"), 95, "editions[0].cities[1].lat: 95 is not between -90 and 90"),
        ((*CITY, "lat"), "north", 'editions[0].cities[1].lat: "north" is not a number'),
        ((*CITY, "lat"), True, "editions[0].cities[1].lat: true is not a number"),
        ((*CITY, "lon"), None, "editions[0].cities[1].lon: is missing, while lat is there"),
        ((*CITY, "lon"), 1e999, "JSON"),
        ((*CITY, "city"), None, "editions[0].cities[1].city: is missing"),
        ((*CITY, "city"), "  ", "editions[0].cities[1].city: is empty"),
        ((*CITY, "city"), 7, "editions[0].cities[1].city: 7 is not a text"),
        (
            (*CITY, "city"),
            "x" * 121,
            "editions[0].cities[1].city: is 121 characters long; 120 is the most",
        ),
        (
            (*CITY, "iso2"),
            "zaf",
            'editions[0].cities[1].iso2: "zaf" is not two capital letters, as in ISO 3166-1',
        ),
        ((*CITY, "themes"), "food", 'editions[0].cities[1].themes: "food" is not a list'),
        (
            (*CITY, "themes"),
            ["foood"],
            'editions[0].cities[1].themes[0]: "foood" is not one of: food, health',
        ),
        ((*CITY, "themes"), [7], "editions[0].cities[1].themes[0]: 7 is not a text"),
        (
            (*CITY, "themes"),
            ["food", "food"],
            'editions[0].cities[1].themes[1]: "food" stands there twice',
        ),
        ((*CITY, "sdgs"), [3, 18], "editions[0].cities[1].sdgs[1]: 18 is not between 1 and 17"),
        ((*CITY, "sdgs"), ["3"], 'editions[0].cities[1].sdgs[0]: "3" is not a whole number'),
        ((*CITY, "sdgs"), [3, 3], "editions[0].cities[1].sdgs[1]: 3 stands there twice"),
        (
            (*CITY, "outcomes"),
            ["loser"],
            (
                'editions[0].cities[1].outcomes[0]: "loser" is not one of: winner, city of your '
                "choice, medal of honor, special mention, public recommended city, media-attention "
                "city, shortlisted"
            ),
        ),
        (
            (*CITY, "public_votes"),
            -1,
            "editions[0].cities[1].public_votes: -1 is not between 0 and 9.0072e+15",
        ),
        (
            (*CITY, "public_votes"),
            1.5,
            "editions[0].cities[1].public_votes: 1.5 is not a whole number",
        ),
        (
            (*CITY, "summary"),
            "a\x00b",
            "editions[0].cities[1].summary: holds a NUL character, which the database cannot keep",
        ),
        (
            (*CITY, "address"),
            "Durban 2023",
            (
                'editions[0].cities[1].address: "Durban 2023" is not an address part, as in '
                "2023-cape-town"
            ),
        ),
        (CITY, 7, "editions[0].cities[1]: 7 is not an object"),
        (
            CITY,
            make_city_entry(),
            (
                "editions[0].cities[1]: Cape Town stands with the title 'Food in Cape Town' at "
                "editions[0].cities[0] already; add an address"
            ),
        ),
        ((*EDITION, "year"), None, "editions[0].year: is missing"),
        ((*EDITION, "ordinal"), 0, "editions[0].ordinal: 0 is not between 1 and 999"),
        (
            (*EDITION, "host_timezone"),
            "Guangzhou",
            "editions[0].host_timezone: Guangzhou is not a time zone, as in Asia/Shanghai",
        ),
        (
            (*EDITION, "vote", "closes"),
            "2023-11-31",
            (
                'editions[0].vote.closes: "2023-11-31" is no day or instant, as in 2023-11-30 or '
                "2023-11-30T23:59:00+08:00"
            ),
        ),
        (
            (*EDITION, "vote", "closes"),
            "2023-11-30T23:59:00",
            (
                'editions[0].vote.closes: "2023-11-30T23:59:00" says no offset from UTC, as in '
                "2023-11-30T23:59:00+08:00"
            ),
        ),
        (
            (*EDITION, "vote", "closes"),
            "2023-10-01",
            "editions[0].vote.closes: lies before editions[0].vote.opens",
        ),
        ((*EDITION, "vote"), [], "editions[0].vote: [] is not an object"),
        (
            (*EDITION, "seminars", 0, "cities"),
            ["Atlantis"],
            (
                'editions[0].seminars[0].cities[0]: "Atlantis" is not one of: Cape Town, Durban, '
                "Cape Town"
            ),
        ),
        (
            (*EDITION, "seminars", 0, "end"),
            "2023-11-06T20:00:00+08:00",
            "editions[0].seminars[0].end: does not lie after start",
        ),
        (
            (*EDITION, "seminars", 0, "start"),
            "2023-11-06",
            (
                "editions[0].seminars[0].start: needs day, hour and offset, as in "
                "2023-11-06T20:30:00+08:00"
            ),
        ),
        ((*EDITION, "seminars", 0, "start"), None, "editions[0].seminars[0].start: is missing"),
        (
            (*EDITION, "seminars", 0, "cities_complete"),
            "yes",
            'editions[0].seminars[0].cities_complete: "yes" is neither true nor false',
        ),
        (
            (*EDITION, "seminar_unassigned"),
            ["Durban"],
            "editions[0].seminar_unassigned[0]: Durban is in a seminar of this edition",
        ),
        (("editions.json", "editions"), None, "editions: is missing"),
        (("editions.json", "editions"), {}, "editions: {} is not a list"),
        (
            ("editions.json", "conventions", "theme_vocabulary", "Fo od"),
            "food",
            'conventions.theme_vocabulary.Fo od: "Fo od" is not an address part, as in care-ageing',
        ),
        (
            ("editions.json", "conventions", "outcome_vocabulary"),
            ["loser"],
            'conventions.outcome_vocabulary[0]: "loser" is no outcome that Laurels knows',
        ),
        (("editions.json", "totals", "cities"), None, "totals.cities: is missing"),
        (("focus.json", "articles", 0, "title"), "", "articles[0].title: is empty"),
        (
            ("focus.json", "articles", 0, "kind"),
            "essay",
            'articles[0].kind: "essay" is not one of: bundle, news',
        ),
        (
            ("focus.json", "articles", 0, "published_on"),
            "2020-02-30",
            'articles[0].published_on: "2020-02-30" is not a day, as in 2020-04-24',
        ),
        (
            ("focus.json", "articles", 0, "day"),
            "13-01",
            'articles[0].day: "13-01" is not a month and day, as in 04-22',
        ),
        (
            ("focus.json", "articles", 0, "themes"),
            ["sport"],
            'articles[0].themes[0]: "sport" is not one of: food, health',
        ),
        (
            ("focus.json", "articles", 1, "title"),
            "NEWEST!",
            "articles[1].title: gives the address newest of articles[0]",
        ),
        (
            ("focus.json", "articles", 0, "initiatives", 0, "city"),
            None,
            "articles[0].initiatives[0].city: is missing",
        ),
        (
            ("partners.json", "partners", 0, "url"),
            "javascript:alert(1)",
            'partners[0].url: "javascript:alert(1)" is not a web address with http or https',
        ),
        (
            ("partners.json", "partners", 0, "slug"),
            "metropolis",
            "partners[1].slug: metropolis stands there twice",
        ),
        (
            ("partners.json", "campaign", "partner"),
            "nobody",
            'campaign.partner: "nobody" is not one of: uclg, metropolis',
        ),
        (
            ("partners.json", "campaign", "edition"),
            9,
            "campaign.edition: 9 is no edition of editions.json",
        ),
    ],
)
def test_a_problem_is_named_by_its_place(tmp_path, path, value, problem):
    documents = small_documents()
    # What points to the spoiled place would be a second problem.
    if path[:5] == CITY[:5] and (path == CITY or path[-1] == "city"):
        documents["editions.json"]["editions"][0]["seminars"] = []
    if path[-1] in {"ordinal", "editions"}:
        del documents["partners.json"]["campaign"]
    spoil(documents, path, value)

    found = problems_of(tmp_path, documents)

    if problem == "JSON":
        assert found == ["editions.json: holds Infinity, which is not a number of JSON"]
    else:
        assert found == [f"{path[0]}: {problem}"]


def test_an_address_that_stands_twice_is_named(tmp_path):
    documents = small_documents()
    for city in documents["editions.json"]["editions"][0]["cities"]:
        city["address"] = "2023-south-africa"

    found = problems_of(tmp_path, documents)

    assert found == [
        (
            "editions.json: editions[0].cities[1].address: 2023-south-africa stands at "
            "editions[0].cities[0] already"
        )
    ]


def test_a_seminar_that_stands_twice_is_named(tmp_path):
    documents = small_documents()
    edition = documents["editions.json"]["editions"][0]
    edition["seminars"] *= 2

    found = problems_of(tmp_path, documents)

    assert found == ["editions.json: editions[0].seminars[1].n: 1 stands there twice"]


def test_words_of_a_moment_that_are_too_long_together_are_named(tmp_path):
    documents = small_documents()
    vote = documents["editions.json"]["editions"][0]["vote"]
    vote["opens"] = vote["closes"] = "some day " * 20

    found = problems_of(tmp_path, documents)

    assert found == [
        "editions.json: editions[0].vote.closes: has 360 characters with opens; 300 are the most"
    ]


def test_two_editions_of_a_year_are_named(tmp_path):
    documents = small_documents()
    editions = documents["editions.json"]["editions"]
    editions.append({"ordinal": 2, "year": 2023})

    found = problems_of(tmp_path, documents)

    assert found == ["editions.json: editions[1].year: 2023 stands at editions[0]"]


def test_all_problems_of_all_documents_come_at_once(tmp_path):
    documents = small_documents()
    documents["editions.json"]["editions"][0]["cities"][0]["lat"] = 95
    documents["editions.json"]["editions"][0]["cities"][1]["lon"] = -181
    documents["focus.json"]["articles"][0]["kind"] = "essay"
    documents["partners.json"]["partners"][1]["name"] = None

    found = problems_of(tmp_path, documents)

    assert found == [
        "editions.json: editions[0].cities[0].lat: 95 is not between -90 and 90",
        "editions.json: editions[0].cities[1].lon: -181 is not between -180 and 180",
        'focus.json: articles[0].kind: "essay" is not one of: bundle, news',
        "partners.json: partners[1].name: is missing",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"articles": [', "line 1, column 15: not JSON: Expecting value"),
        ("", "line 1, column 1: not JSON: Expecting value"),
        ('{"articles": [], "articles": []}', 'holds the field "articles" twice in one object'),
        ('{"articles": NaN}', "holds NaN, which is not a number of JSON"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_a_document_that_is_no_json_is_named(tmp_path, text, problem):
    found = problems_of(tmp_path, {**small_documents(), "focus.json": text})

    assert found == [f"focus.json: {problem}"]


def test_a_document_that_is_no_utf8_is_named(tmp_path):
    write_documents(tmp_path, small_documents())
    (tmp_path / "focus.json").write_bytes(b'{"articles": "\xff"}')

    with pytest.raises(AwardFileIsWrong, match=r"focus\.json: is not UTF-8 \(byte 14\)"):
        read_folder(tmp_path)


def test_documents_that_are_not_there_are_named(tmp_path):
    (tmp_path / "editions.json").mkdir()

    found = problems_of(tmp_path, {})

    assert found == [
        "editions.json: cannot be read: Is a directory",
        f"focus.json: is not in the folder {tmp_path}",
        f"partners.json: is not in the folder {tmp_path}",
    ]


def test_half_a_character_is_a_problem_that_can_be_printed(tmp_path):
    documents = small_documents()
    documents["focus.json"] = '{"articles": [{"title": "\\ud83d", "kind": "\\ud83d"}]}'

    found = problems_of(tmp_path, documents)

    assert found == [
        "focus.json: articles[0].title: holds half a character (a lone surrogate)",
        "focus.json: articles[0].kind: holds half a character (a lone surrogate)",
    ]
    assert "\n".join(found).encode()


def test_a_field_that_nobody_reads_is_noted(tmp_path):
    documents = small_documents()
    documents["editions.json"]["editions"][0]["cities"][0]["colour"] = "red"
    documents["partners.json"]["partners"][0]["logo"] = "logo.png"

    _, report = read_folder(write_documents(tmp_path, documents))

    assert [str(warning) for warning in report.warnings] == [
        (
            "editions.json: editions[0].cities[0].colour: is not a field that Laurels knows; "
            "it is not loaded"
        ),
        "partners.json: partners[0].logo: is not loaded: each partner's logo is uploaded by hand",
    ]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("", Span()),
        ("2023-11-30", Span(utc(2023, 11, 29, 16), utc(2023, 11, 30, 16), Precision.DAY)),
        ("2023-12", Span(utc(2023, 11, 30, 16), utc(2023, 12, 31, 16), Precision.MONTH)),
        ("2023-09-11/14", Span(utc(2023, 9, 10, 16), utc(2023, 9, 14, 16), Precision.DAY)),
        ("2023-09-30/2023-10-01", Span(utc(2023, 9, 29, 16), utc(2023, 10, 1, 16), Precision.DAY)),
        (
            "2018-12-07T15:00:00+07:00",
            Span(utc(2018, 12, 7, 8), utc(2018, 12, 7, 8), Precision.MINUTE),
        ),
        (
            "2014-09-25 (public 28 September)",
            Span(
                utc(2014, 9, 24, 16),
                utc(2014, 9, 25, 16),
                Precision.DAY,
                "2014-09-25 (public 28 September)",
            ),
        ),
        ("2018-10 (end) or 2018-11 (start)", Span(words="2018-10 (end) or 2018-11 (start)")),
        ("late in autumn", Span(words="late in autumn")),
    ],
)
def test_span_is_read_as_exactly_as_it_is_recorded(text, span):
    assert read_span(text, GUANGZHOU) == span


@pytest.mark.parametrize(
    "text",
    [
        "2023-13", "2023-02-30", "20231130", "2023-W48-4", "2023-11-30T25:00:00+08:00",
        "2023-11-30T12:00:00", "2023-11-30/01", "2023-11-01/31", "9999-12-31", "1", "0000-01",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_instant_is_refused(text):
    with pytest.raises(NotAnInstant):
        read_span(text, GUANGZHOU)

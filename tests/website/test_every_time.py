"""No page, file, feed or letter of the site shows a clock time that names no zone.

The pages are those of the URL patterns: one that is new fails here until it is walked or left out
with a reason. Letters are those of the template folders.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import escape

import pytest
from django.urls import get_resolver
from icalendar import Calendar
from wagtail import hooks

from laurels.accounts.models import Person
from laurels.ballotbox.models import Election
from laurels.ballotbox.pictures import of_vote
from laurels.design.hours_picture import sheet
from laurels.focus import actions as focus
from laurels.focus.models import FocusArticlePage, Signatory
from laurels.foundation.models import Mail, MailBatch
from laurels.library import actions as library
from laurels.library.models import Contact, InitiativePage
from laurels.partners.models import Partner
from laurels.seminars import actions, pictures, rules
from laurels.seminars.models import Presentation, Seminar
from tests.factories.focus import make_article
from tests.factories.rooms import ask as ask_in_room
from tests.factories.rooms import make_moderator, show
from tests.factories.seminars import EARLY, NOW, STARTS_AT, ask, come, seat_of
from tests.times import CLOCK_TIME, bare_in_html, bare_in_text

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])

HOUR = timedelta(hours=1)
LIVE = STARTS_AT + timedelta(minutes=20)
LATER = STARTS_AT + timedelta(days=6)

PAGES = {
    "api:api-root": [],
    "api:openapi-json": ["/api/v1/openapi.json"],
    "api:start": ["/api/v1/"],
    "api:initiatives": ["/api/v1/initiatives"],
    "api:initiative": ["/api/v1/initiatives/2023-cape-town"],
    "api:cities": ["/api/v1/cities"],
    "api:city": ["/api/v1/cities/za-cape-town"],
    "api:themes": ["/api/v1/themes"],
    "api:urban_agenda_tags": ["/api/v1/urban-agenda-tags"],
    "api:goals": ["/api/v1/goals"],
    "api:editions": ["/api/v1/editions"],
    "api:edition": ["/api/v1/editions/2023"],
    "api:vote": ["/api/v1/editions/2023/vote"],
    "api:seminars": ["/api/v1/seminars"],
    "api:seminar": ["/api/v1/seminars/2023/1"],
    "api:partners": ["/api/v1/partners"],
    "api:articles": ["/api/v1/focus"],
    "api:article": ["/api/v1/focus/{article}"],
    "api:embed": ["/api/v1/embeds/campaign/2023", "/api/v1/embeds/countdown/2023"],
    "ballotbox:ballot": ["/vote/2023/"],
    "ballotbox:receipt": ["/vote/2023/receipt/"],
    "results:rule_book": ["/results/rule-book.md"],
    "results:result": ["/results/2023/"],
    "seminars:seminar_list": ["/seminars/"],
    "seminars:seminar": [f"/seminars/2023/{number}/" for number in (1, 2, 3, 4)],
    "seminars:room": ["/seminars/2023/1/room/", "/seminars/2023/1/room/?order=answered&play=1"],
    "seminars:stage": ["/seminars/2023/1/stage/"],
    "seminars:desk": ["/seminars/2023/1/desk/"],
    "seminars:afterwards": ["/seminars/2023/1/afterwards/"],
    "seminars:export": [
        "/seminars/2023/1/export/?kind=questions&format=csv",
        "/seminars/2023/1/export/?kind=questions&format=json",
        "/seminars/2023/1/export/?kind=attendance&format=csv",
    ],
    "seminars:city": ["/seminars/city/{city}/"],
    "seminars:register": ["/seminars/2023/register/?seminar=2"],
    "seminars:registered": ["/seminars/2023/registered/"],
    "seminars:series_calendar": ["/seminars/2023/calendar.ics"],
    "seminars:seminar_calendar": ["/seminars/2023/1/calendar.ics"],
    "seminars:mine": ["/seminars/mine/{mine}/"],
    "seminars:confirm": ["/seminars/mine/{pending}/confirm/"],
    "seminars:stop": ["/seminars/mine/{mine}/stop/"],
    "seminars:my_calendar": ["/seminars/mine/{mine}/calendar.ics"],
    "seminars:feedback": ["/seminars/mine/{mine}/feedback/1/"],
    "seminars:join": ["/seminars/join/{join}/", "/seminars/join/{waits}/"],
    "partners:partner_list": ["/partners/"],
    "focus:signing": ["/focus/signing/{signing}/"],
    "library:city": ["/cities/za-cape-town/"],
    "library:map": ["/initiatives/map/", "/initiatives/map/?edition=2023"],
    "library:export": ["/initiatives/export/csv/", "/initiatives/export/json/"],
    "library:citation": ["/initiatives/2023-cape-town/cite.bib"],
    "library:contact": ["/initiatives/2023-cape-town/contact/"],
    "library:contact_sent": ["/initiatives/2023-cape-town/contact/sent/"],
    "library:adaptation": ["/initiatives/2023-cape-town/adapted/"],
    "library:adaptation_told": ["/initiatives/2023-cape-town/adapted/told/"],
    "library:follow_up_told": ["/initiatives/2023-cape-town/follow-up/told/"],
    "library:follow_up": ["{follow_up}"],
    "website:edition_list": ["/editions/"],
    "website:edition": ["/editions/2012/", "/editions/2023/"],
    "website:shortlist": ["/editions/2023/shortlist/"],
    "website:partner": ["/partners/metropolis/"],
    "website:campaign": ["/partners/metropolis/2023/"],
    "website:sitemap_index": ["/sitemap.xml"],
    "website:sitemap": ["/sitemap-initiatives.xml"],
    "website:robots": ["/robots.txt"],
    "website:how_we_count": ["/how-we-count/"],
    "website:embed": ["/embed/", "/embed/?what=campaign/2023&partner=metropolis"],
    "website:frame": [
        "/embed/campaign/2023/",
        "/embed/countdown/2023/",
        "/embed/city/2023-cape-town/",
    ],
    "website:api_docs": ["/api/"],
    "website:initiatives_feed": [
        "/feeds/initiatives.atom",
        "/feeds/initiatives.json",
    ],
    "website:city_feed": ["/feeds/cities/za-cape-town.atom"],
    "website:focus_feed": ["/feeds/focus.atom", "/feeds/focus.json"],
    "website:oembed_answer": ["/oembed/?url=http://127.0.0.1:8000/initiatives/2023-cape-town/"],
    "wagtail_serve": [
        "/",
        "/initiatives/",
        "/initiatives/?q=waste&view=table",
        "/initiatives/2023-cape-town/",
        "/focus/",
        "/focus/{article}/",
        "/about/",
        "/rules/",
        "/news/",
        "/contact/",
        "/privacy/",
        "/accessibility/",
    ],
    "demo:demo": ["/demo/"],
    "demo:mailbox": ["/demo/mailbox/"],
    "library:confirm_adaptation": ["{adaptation}"],
    "seminars:desks": ["/seminars/desks/"],
    # The admin's own pages.
    "seminar_desk": ["/cms/seminars/people/"],
    "people": ["/cms/seminars/{seminar}/people/"],
    "people_file": ["/cms/seminars/{seminar}/people.csv"],
    "election_list": ["/cms/elections/"],
    "election": ["/cms/elections/2023/"],
    "case_desk": ["/cms/cases/"],
    "focus_desk": ["/cms/focus/"],
    "focus_builder": ["/cms/focus/new/"],
    "focus_article": ["/cms/focus/{draft}/"],
    "import_file": ["/cms/import/"],
    "guests_report": ["/cms/reports/guests/"],
    "languages_report": ["/cms/reports/languages/"],
    "letter_batches": ["/cms/outbox/"],
    "letter_batch": ["/cms/outbox/{batch}/"],
}
DEED, FILE = "takes a form and leads on", "a file without words of ours"
LEFT = {
    **dict.fromkeys(
        [
            "add_person",
            "answer_article",
            "cancel_person",
            "cancel_seminar",
            "decide",
            "discard_letter_batch",
            "invite",
            "send_article",
            "send_letter_batch",
            "send_sample",
            "check_kept_file",
            "take_in_file",
            "take_step",
            "thank_people",
            "write_again",
            "demo:move_clock",
            "demo:sign_in",
            "seminars:ask_question",
            "seminars:invite_city",
            "seminars:moderate_question",
            "seminars:vote_for_question",
            "seminars:write_note",
            "website:write_to_secretariat",
        ],
        DEED,
    ),
    **dict.fromkeys(
        [
            "focus:cover",
            "focus:share_picture",
            "library:cover",
            "library:package",
            "library:share_picture",
            "website:component_file",
            "import_template",
        ],
        FILE,
    ),
    **dict.fromkeys(
        ["registrar:ask_for_code", "registrar:confirm_code", "registrar:sign_ticket"],
        "answers programs alone; its sentences are in the letters' test",
    ),
    **dict.fromkeys(
        ["results:result_json", "results:votes_csv"], "is not there before the ceremony"
    ),
    **dict.fromkeys(
        ["ballotbox:vote_picture", "seminars:seminar_picture", "seminars:series_picture"],
        "its drawing is read below",
    ),
    "ballotbox:vote": "leads on to the newest vote",
    "foundation:health": "answers programs alone, with words for states",
    "import_kept_file": "says of a file what `import_file` says",
    "move_seminar": "shown below, since it takes a form",
}
# Wagtail's own pages, as our models appear in them.
LISTED = [
    "/cms/",
    "/cms/snippets/seminars/seminar/",
    "/cms/snippets/seminars/seminar/add/",
    "/cms/snippets/seminars/seminar/edit/{seminar}/",
    "/cms/snippets/seminars/series/",
]


def own_names():
    """Return the name of every page of ours, in the site and in the admin."""
    found = set()

    def gather(patterns, space):
        for each in patterns:
            if hasattr(each, "url_patterns"):
                inner = [*space, each.namespace] if each.namespace else space
                gather(each.url_patterns, inner)
            else:
                found.add(":".join([*space, each.name or ""]))

    spaces = {"api", "ballotbox", "demo", "focus", "foundation", "library", "partners"}
    spaces |= {"registrar", "results", "seminars", "website"}
    gather(get_resolver().url_patterns, [])
    ours = {name for name in found if name.partition(":")[0] in spaces}
    for add in hooks.get_hooks("register_admin_urls"):
        if add.__module__.startswith("laurels."):
            ours |= {pattern.name for pattern in add()}
    return {*ours, "wagtail_serve"}


@pytest.fixture(scope="module")
def places(loaded_award, django_db_blocker):
    """Fill the loaded award with people, questions and letters; return what addresses need."""
    with django_db_blocker.unblock():
        yield _fill()


def _fill():
    seminars = {each.number: each for each in Seminar.objects.select_related("edition")}
    first, city = seminars[1], InitiativePage.objects.get(slug="2023-cape-town")
    Presentation.objects.get_or_create(seminar=first, initiative=city, defaults={"order": 9})
    Seminar.objects.filter(pk=first.pk).update(
        capacity=1, embed_url="https://meet.example/1", join_url="https://meet.example/j"
    )
    first.refresh_from_db()
    ana = come("ana@example.org", first, seminars[2])
    bo = come("bo@example.org", first)
    desk = {"said": "", "person_name": "Mei", "now": NOW, "award_now": EARLY}
    later = seminars[3].starts_at + 24 * HOUR
    actions.move_seminar(
        seminar=seminars[3], starts_at=later, ends_at=later + HOUR, seen_sequence=0, **desk
    )
    actions.cancel_seminar(seminar=seminars[2], seen_sequence=0, **desk)
    for text in ("Who pays?", "Since when?"):
        show(ask_in_room(first, text, initiative=city))
    ask_in_room(first, "Is this thing on?")
    make_moderator(first)
    contact = actions.invite_city(
        seminar=first,
        initiative=city,
        address="c@example.org",
        language="en",
        person_name="Mo",
        now=LIVE,
    )
    return {
        "article": FocusArticlePage.objects.live().first().slug,
        "batch": MailBatch.objects.first().pk,
        "city": contact.token,
        "join": seat_of(ana, first).token,
        "mine": ana.token,
        "pending": ask("eve@example.org", seminars[4]).token,
        "seminar": first.pk,
        "waits": seat_of(bo, first).token,
        **_private_links(city),
        **_signed_article(),
    }


def _private_links(city):
    """Let a city be asked by the letters of the library."""
    city.contacts = [Contact(name="Nomsa", address="nomsa@example.org")]
    city.save()
    library.invite_to_report(initiative=city, person_name="Mei", now=NOW)
    follow_up = re.search(r"/initiatives/\S+/follow-up/\S+", Mail.objects.last().text)[0]
    adopted = library.Adopted(
        city_name="Medellín", country="Colombia", year=2025, scale="12 schools"
    )
    library.tell_adaptation(
        initiative=city,
        adopted=adopted,
        told_by="Ana",
        told_from="a@example.org",
        network="192.0.2.0/24",
        now=NOW,
    )
    adaptation = re.search(r"/adaptations/\S+", Mail.objects.last().text)[0]
    return {"follow_up": follow_up, "adaptation": adaptation}


def _signed_article():
    partner = Partner.objects.get(slug="metropolis")
    Signatory.objects.create(partner=partner, name="Signer", email="s@example.org")
    editor = Person.objects.create_superuser("mei@example.org", name="Mei Lin")
    article = make_article("Let us go green", live=False, co_publishers=[partner])
    article.go_live_at = NOW + 99 * HOUR
    article.save_revision(user=editor)
    focus.ask_co_publishers(article_id=article.pk, person=editor, now=NOW)
    link = re.search(r"/focus/signing/([^/]+)/", Mail.objects.last().text)[1]
    return {"draft": article.pk, "signing": link}


def bare_times(response):
    """Return the bare times of an answer, whatever it is."""
    body = b"".join(response) if response.streaming else response.content
    text = body.decode()
    kind = response["Content-Type"].partition(";")[0]
    if kind == "text/html":
        return bare_in_html(text)
    if kind == "text/calendar":
        events = Calendar.from_ical(text).walk("VEVENT")
        told = [str(event[name]) for event in events for name in ("summary", "description")]
        return bare_in_text("\n".join(told))
    if kind == "application/json":
        return bare_in_text("\n".join(texts_of(json.loads(text))))
    return bare_in_text(text)


def texts_of(value):
    """Return every text of a JSON value; a text that is HTML without its component's times."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_of(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    if isinstance(value, str) and "<" in value:
        return bare_in_html(value)
    return [str(value)]


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="mei@example.org"))
    return client


def test_every_page_of_ours_is_walked_or_left_out_with_a_reason():
    assert own_names() - set(PAGES) - set(LEFT) == set()
    assert (set(PAGES) | set(LEFT)) - own_names() == set()


@pytest.mark.parametrize("now", [EARLY, LIVE, LATER], ids=["before", "live", "after"])
def test_no_page_shows_a_bare_time(editor, settings, places, now):
    settings.DEMO_CLOCKS = {"edition-2023": now}
    addresses = [each for name in PAGES for each in PAGES[name]] + LISTED
    if now != EARLY:
        # The others do not depend on where the seminars stand.
        addresses = [each for each in addresses if "seminars/" in each]
    bare, lost = {}, {}
    for address in addresses:
        response = editor.get(address.format(**places))
        if response.status_code == 302 and "/join/" in address:
            continue  # The link is open: it leads on to the platform.
        if response.status_code != 200:
            lost[address] = response.status_code
        elif found := bare_times(response):
            bare[address] = found

    assert bare == {}
    assert lost == {}


def test_walk_finds_a_bare_time_that_somebody_has_typed(editor, places):
    Seminar.objects.filter(pk=places["seminar"]).update(title="Come at 20:30 sharp")

    for address in (
        "/seminars/",
        "/seminars/2023/1/room/",
        "/seminars/2023/calendar.ics",
        "/api/v1/seminars/2023/1",
        "/seminars/mine/{mine}/",
        "/cms/snippets/seminars/seminar/",
    ):
        assert bare_times(editor.get(address.format(**places))), address


def test_look_before_a_move_shows_no_bare_time(editor, settings, places):
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}
    typed = {"starts": "2023-11-08T20:30", "ends": "2023-11-08T22:00", "said": ""}

    response = editor.post(f"/cms/seminars/{places['seminar']}/people/move/", typed)

    assert "Wednesday 8 November 2023" in response.content.decode()
    assert bare_times(response) == []


def test_no_picture_shows_a_bare_time(settings, places):
    drawn = []
    for now in (EARLY, LIVE, LATER):
        found = rules.with_states(Seminar.objects.with_cities(), now)
        texts = [pictures.of_seminar(each) for each in found]
        texts.append(pictures.of_series(found[0].edition, found))
        texts.append(of_vote(Election.objects.get(slug="2023"), now))
        drawn += [(text, sheet(text)) for text in texts]

    for text, svg in drawn:
        lines = re.findall("<text[^>]*>([^<]*)</text>", svg)
        # The host's hours stand in one sentence that ends with its place; a city's stand beside it.
        assert escape(text.host) in " ".join(lines)
        assert text.host.endswith(" in Guangzhou")
        assert [line for line in lines if CLOCK_TIME.fullmatch(line)] == [r.hour for r in text.rows]
        assert [line for line in lines if line in {r.place for r in text.rows}] == [
            row.place for row in text.rows
        ]
        of_host = len(CLOCK_TIME.findall(text.host))
        assert len(CLOCK_TIME.findall(" ".join(lines))) == len(text.rows) + of_host

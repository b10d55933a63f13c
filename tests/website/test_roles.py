"""What each role may and may not do in the admin; each deed stands in the audit trail."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Locale, Page

from laurels.accounts.enums import Role
from laurels.foundation.models import AuditEvent
from laurels.website.actions.pages import plant_pages
from laurels.website.actions.roles import make_roles
from laurels.website.models import NewsIndexPage, NewsPage
from tests.factories.languages import translate
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db

DOORS = {
    "pages": "/cms/pages/{}/",
    "people": "/cms/users/",
    "elections": "/cms/elections/",
    "cities": "/cms/snippets/library/city/",
    "partners": "/cms/snippets/partners/partner/",
    "images": "/cms/images/",
    "outbox": "/cms/outbox/",
}
OPEN = {
    Role.SECRETARIAT: {"pages", "people", "elections", "cities", "partners", "images", "outbox"},
    Role.PUBLISHER: {"pages"},
    Role.EDITOR: {"pages", "images"},
    Role.TRANSLATOR: {"pages"},  # to find what to translate; it changes none of them
    Role.PARTNER_EDITOR: set(),
}


@pytest.fixture(autouse=True)
def _roles():
    cache.clear()
    home, _library, _focus = plant_pages()
    make_roles(home)


@pytest.fixture
def news():
    home, _library, _focus = plant_pages()
    index = home.add_child(instance=NewsIndexPage(title="News", slug="news"))
    return index.add_child(
        instance=NewsPage(title="A prize", published_on=date(2026, 6, 1), live=False)
    )


def typed(page, **changes):
    return {
        "title": page.title,
        "slug": page.slug,
        "published_on": "2026-06-01",
        "lead": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **changes,
    }


def edit(client, page, **changes):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(page, **changes))


@pytest.mark.parametrize("role", Role)
def test_role_opens_its_own_doors_only(client, role):
    sign_in(client, role)

    home, _library, _focus = plant_pages()
    doors = {name: address.format(home.pk) for name, address in DOORS.items()}

    opened = {name for name, address in doors.items() if client.get(address).status_code == 200}

    assert client.get("/cms/").status_code == 200
    assert opened == OPEN[role]


def test_editor_writes_and_cannot_publish(client, news):
    sign_in(client, Role.EDITOR)

    edit(client, news, title="A prize for all", **{"action-publish": "1"})

    news.refresh_from_db()
    assert not news.live
    assert news.get_latest_revision_as_object().title == "A prize for all"


def test_publisher_publishes_what_the_editor_wrote(client, news):
    sign_in(client, Role.PUBLISHER)

    edit(client, news, **{"action-publish": "1"})

    news.refresh_from_db()
    assert news.live


def test_publisher_adds_no_page(client, news):
    sign_in(client, Role.PUBLISHER)
    add = reverse("wagtailadmin_pages:add", args=["website", "newspage", news.get_parent().pk])

    assert client.get(add).status_code == 302
    assert not NewsPage.objects.exclude(pk=news.pk).exists()


def test_translator_edits_the_translation_and_not_the_original(client, news):
    translation = translate(news, "fr", publish=False, title="Un prix")
    sign_in(client, Role.TRANSLATOR)

    assert edit(client, news, title="Mine").status_code == 302
    edit(client, translation, title="Un grand prix", **{"action-publish": "1"})

    news.refresh_from_db()
    translation.refresh_from_db()
    assert news.title == "A prize"
    assert news.get_latest_revision() is None
    assert translation.get_latest_revision_as_object().title == "Un grand prix"
    assert not translation.live


def test_translator_begins_a_translation_that_nobody_sees_yet(client, news):
    news.save_revision().publish()
    sign_in(client, Role.TRANSLATOR)
    locale = Locale.objects.get(language_code="ar")

    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[news.pk]),
        {"locales": [locale.pk]},
    )

    begun = Page.objects.get(translation_key=news.translation_key, locale=locale)
    assert not begun.live
    assert "A prize" in client.get("/ar/news/a-prize/").content.decode()


def test_partner_editor_edits_no_page(client, news):
    sign_in(client, Role.PARTNER_EDITOR)

    edit(client, news, title="Mine")

    news.refresh_from_db()
    assert news.title == "A prize"
    assert news.get_latest_revision() is None


def test_secretariat_publishes(client, news):
    sign_in(client, Role.SECRETARIAT)

    edit(client, news, **{"action-publish": "1"})

    news.refresh_from_db()
    assert news.live


def test_deeds_stand_in_the_audit_trail_by_name(client, news):
    sign_in(client, Role.PUBLISHER)
    edit(client, news, **{"action-publish": "1"})

    deeds = AuditEvent.objects.filter(person_name="Publisher")

    assert set(deeds.values_list("deed", "about")) == {
        ("wagtail.edit", "newspage A prize"),
        ("wagtail.publish", "newspage A prize"),
    }
    assert {deed.detail["row"] for deed in deeds} == {str(news.pk)}


def test_deeds_of_commands_are_not_laid_to_a_person():
    assert not AuditEvent.objects.exists()

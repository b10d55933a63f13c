"""What the box is compared with: a plain Django view that inserts one row for each request."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, JsonResponse
from django.urls import path

from laurels.config.databases import django_database

settings.configure(
    SECRET_KEY="for one measurement on this machine",  # noqa: S106 -- no secret
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {**django_database(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": None}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()


class Row(models.Model):
    body = models.BinaryField()

    class Meta:
        app_label = "bench"
        db_table = "bench_row"

    def __str__(self) -> str:
        return f"{self.pk}"


def insert(request: HttpRequest) -> JsonResponse:
    row = Row.objects.create(body=request.body)
    return sized(JsonResponse({"id": row.pk}))


def sized(response: JsonResponse) -> JsonResponse:
    # Without a length the answer would be chunked, which costs both sides more.
    response["Content-Length"] = len(response.content)
    return response


def empty(_request: HttpRequest) -> JsonResponse:
    return sized(JsonResponse({}))


urlpatterns = [path("rows", insert), path("empty", empty)]

if "bench_row" not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(Row)
connection.close()
application = get_wsgi_application()

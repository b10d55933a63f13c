"""schemathesis reads the API by its own description, on the real award."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from laurels.config.wsgi import application
from laurels.website.api import door
from laurels.website.api.site import api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_award", "open_door")]

SITE = "http://127.0.0.1:8000"
schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder))
)
schema.app = application


@pytest.fixture
def open_door(monkeypatch):
    monkeypatch.setattr(door, "READS_PER_MINUTE", 1_000_000)
    # As Django's own test client does: the transaction of the test must outlive a request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case):
    response = case.call(base_url=SITE, headers={"Accept-Encoding": "identity"})

    assert response.status_code < 500
    case.validate_response(
        response,
        checks=[status_code_conformance, content_type_conformance, response_schema_conformance],
    )

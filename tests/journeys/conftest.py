"""What the browser tests stand on."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from laurels.config import testplugin
from laurels.config.installation import local_environment
from laurels.demo.mailbox import keep
from tests.factories.ports import free_port
from tests.fakes.mail_server import mail_server
from tests.journeys.running import ROOT, Award


@pytest.fixture(scope="session")
def award(django_db_setup, browser_type_launch_args):
    """The running award, for all journeys: use an address of your own in each.

    It has databases of its own, since its processes cannot see a test's open transaction. Its
    letters go through a real mail server into the mailbox that the demo shows.
    """
    data, port = Path(tempfile.mkdtemp(prefix="laurels-award-")), free_port()
    addresses = _make_databases()
    environment = {name: value for name, value in os.environ.items() if "LAURELS_" not in name}
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(environment):
            patch.delenv(name)
        environment = local_environment(data, port) | addresses
    with mail_server() as server:
        server.deliver = lambda raw: keep(data / "mailbox", raw)
        environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.fakes.worker_settings",
            "PYTHONPATH": str(ROOT),
            "TEST_SMTP_PORT": str(server.port),
        }
        running = Award(data, environment, port, server)
        try:
            running.start()
            yield running
        finally:
            running.stop()
            shutil.rmtree(data, ignore_errors=True)


def _make_databases() -> dict[str, str]:
    """Copy the migrated templates of the test plugin; return the addresses of the copies."""
    server = os.environ[testplugin.ADDRESS]
    aliases = {"DATABASE_URL": "default", "REGISTRAR_DATABASE_URL": "registrar"}
    addresses = {}
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        for variable, alias in aliases.items():
            mine = f"{testplugin.DATABASES[alias]}_running{testplugin.WORKER}"
            template = testplugin.template_of(alias)
            connection.execute(f'drop database if exists "{mine}" with (force)')
            connection.execute(f'create database "{mine}" template "{template}"')
            addresses[variable] = server.format(mine)
    return addresses

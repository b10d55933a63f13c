"""What the browser tests stand on."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from laurels.config import testplugin
from laurels.config.installation import local_environment
from laurels.config.postgres import Server
from laurels.demo.mailbox import keep
from tests.factories.ports import free_port
from tests.fakes.mail_server import mail_server
from tests.journeys.running import ROOT, Award

QUIETLY = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")


@pytest.fixture(scope="session")
def award(django_db_setup, browser_type_launch_args):
    """The running award, for all journeys: use an address of your own in each.

    It has a database server of its own: its processes cannot see a test's open transaction, and a
    test may restart it. Its letters go through a real mail server into the mailbox that the demo
    shows.
    """
    data, port = Path(tempfile.mkdtemp(prefix="laurels-award-")), free_port()
    database = Server(_folder(), durable=False)
    database.start()
    addresses = _make_databases(database)
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
        running = Award(data, environment, port, server, database)
        try:
            running.start()
            yield running
        finally:
            running.stop()
            database.release(wait=3)
            shutil.rmtree(data, ignore_errors=True)


def _folder() -> Path:
    """Beside the cluster of the other tests, since PostgreSQL's user may go there."""
    tests = Path(os.environ.get("LAURELS_TEST_DATA", ROOT / "var/test"))
    return tests / f"running{testplugin.WORKER}"


def _make_databases(database: Server) -> dict[str, str]:
    """Copy the migrated templates of the test plugin; return the addresses of the copies."""
    aliases = {"DATABASE_URL": "default", "REGISTRAR_DATABASE_URL": "registrar"}
    addresses = {}
    for variable, alias in aliases.items():
        name = f"{testplugin.DATABASES[alias]}_running"
        database.drop_database(name)
        database.create_database(name)
        template = os.environ[testplugin.ADDRESS].format(testplugin.template_of(alias))
        dumped = database.cluster.run("pg_dump", "--no-owner", template)
        assert dumped.returncode == 0, dumped.stdout[:500]
        with tempfile.TemporaryFile("w+") as dump:
            dump.write(dumped.stdout)
            dump.seek(0)
            restored = database.cluster.run("psql", *QUIETLY, database.url(name), stdin=dump)
        assert restored.returncode == 0, restored.stdout[:500]
        addresses[variable] = database.url(name)
    return addresses

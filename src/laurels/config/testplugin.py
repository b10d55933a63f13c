"""Starts the embedded PostgreSQL for the tests; loaded by `-p laurels.config.testplugin`.

It runs before pytest-django reads the settings, for which a conftest would be too late. A migrated
template database, named for the migrations' content, is copied for each worker in a moment.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from laurels.config import browser, messages

ROOT = Path(__file__).resolve().parents[3]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
ADDRESS = "LAURELS_TEST_SERVER"
DATABASES = {"default": "test_laurels", "registrar": "test_registrar"}
server = None
# By database of this worker and table: the rows that the migrations wrote.
first_rows: dict[str, dict[str, bytes]] = {}

os.environ["LAURELS_ENV"] = "test"
os.environ["LAURELS_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "laurels.config.settings"
os.environ.pop("LAURELS_PORT", None)
data = Path(tempfile.mkdtemp(prefix="laurels-test-"))
os.environ["LAURELS_DATA"] = str(data)
(data / "static").mkdir()

# How long an example takes says nothing on a machine that does other things too.
hypothesis_settings.register_profile("laurels", deadline=None)
hypothesis_settings.load_profile("laurels")

messages.compile_catalogues()
if ADDRESS not in os.environ:
    from laurels.config.postgres import Server

    server = Server(Path(os.environ.get("LAURELS_TEST_DATA", ROOT / "var/test")), durable=False)
    server.start()
    os.environ[ADDRESS] = server.url("{}")
os.environ["DATABASE_URL"] = os.environ[ADDRESS].format("test_laurels")
os.environ["REGISTRAR_DATABASE_URL"] = os.environ[ADDRESS].format("test_registrar")


def pytest_unconfigure() -> None:
    if server:
        server.release()
    shutil.rmtree(data, ignore_errors=True)


@cache
def _migrations() -> str:
    from django.apps import apps

    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(app.label.encode() + file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _point(alias: str, name: str) -> None:
    from django.conf import settings
    from django.db import connections

    connections[alias].close()
    settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name


def template_of(alias: str) -> str:
    """Return the name of the migrated database that those of the tests are copied from."""
    return f"{DATABASES[alias]}_{_migrations()}"


def _copy_template(server: psycopg.Connection, alias: str) -> None:
    """Put a fresh copy of the template in the place of this worker's database."""
    mine = f"{DATABASES[alias]}_{WORKER}" if WORKER else DATABASES[alias]
    _point(alias, mine)
    server.execute(f'drop database if exists "{mine}" with (force)')
    server.execute(f'create database "{mine}" template "{template_of(alias)}"')
    with psycopg.connect(os.environ[ADDRESS].format(mine)) as copied:
        first_rows[mine] = {table: _read(copied, table) for table in _tables(copied)}


def _tables(database: psycopg.Connection) -> list[str]:
    query = "select tablename from pg_tables where schemaname = 'public' order by 1"
    return [name for (name,) in database.execute(query).fetchall() if name != "django_migrations"]


def _read(database: psycopg.Connection, table: str) -> bytes:
    with database.cursor().copy(f'copy "{table}" to stdout') as rows:
        return b"".join(bytes(row) for row in rows)


def _write_first_rows(name: str) -> None:
    """Empty a worker's database, and put in what the migrations wrote.

    In place, since the processes of a test that are still connected must not notice.
    """
    with psycopg.connect(os.environ[ADDRESS].format(name)) as database:
        tables = ", ".join(f'"{table}"' for table in first_rows[name])
        database.execute("set session_replication_role = replica")  # rows come in any order
        database.execute(f"truncate {tables}")
        for table, rows in first_rows[name].items():
            if rows:
                with database.cursor().copy(f'copy "{table}" from stdin') as copy:
                    copy.write(rows)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    from django.core.management import call_command
    from django.db import connections

    with psycopg.connect(os.environ[ADDRESS].format("postgres"), autocommit=True) as server:
        server.execute("select pg_advisory_lock(4711)")  # one xdist worker makes the templates
        for alias in DATABASES:
            template = template_of(alias)
            known = "select 1 from pg_database where datname = %s"
            if not server.execute(known, [template]).fetchone():
                server.execute(f'drop database if exists "{template}_new" with (force)')
                server.execute(f'create database "{template}_new"')
                _point(alias, f"{template}_new")
                with django_db_blocker.unblock():
                    apps = ["registrar"] if alias == "registrar" else []
                    call_command("migrate", *apps, database=alias, verbosity=0, interactive=False)
                    connections[alias].close()
                server.execute(f'alter database "{template}_new" rename to "{template}"')
            _copy_template(server, alias)
        server.execute("select pg_advisory_unlock(4711)")
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def _rows_of_the_migrations(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give the next test what the migrations wrote (Wagtail's first page) in any order of tests.

    A test that commits is followed by an emptying of all tables. Set up before the database's own
    fixtures, this one is torn down after them.
    """
    yield
    if _has_committed(request):
        for name in first_rows:
            _write_first_rows(name)


def _has_committed(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    return is_marked or "transactional_db" in request.fixturenames


@pytest.fixture(scope="session", autouse=True)
def _async_unsafe() -> None:
    # Playwright's sync interface runs an event loop in the thread of the test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    found = browser.find()
    if found is None:
        pytest.skip(browser.SKIPPED)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    return {**browser_type_launch_args, "executable_path": found, "args": sandbox}

"""The SQL that a first start restores, held to the migrations."""

import importlib.util
from pathlib import Path

import pytest
from django.db import connections

from laurels.config.databases import ADDRESSES, BASELINE
from laurels.config.postgres import Server

ROOT = Path(__file__).parents[2]
HOMES = {"laurels": "default", "registrar": "registrar"}


def load_tool():
    spec = importlib.util.spec_from_file_location("make_baseline", ROOT / "tools/make_baseline.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("baseline"), durable=False)
    server.start()
    yield server
    server.release(wait=20)


@pytest.mark.django_db(databases=["default", "registrar"])
@pytest.mark.parametrize("database", ADDRESSES.values())
def test_the_baseline_is_what_the_migrations_make(server, tmp_path, database):
    """When this fails, run `.venv/bin/python tools/make_baseline.py`."""
    tool = load_tool()
    migrated = connections[HOMES[database]].settings_dict
    made = server.cluster.run(
        *["pg_dump", "--no-owner", "--no-privileges", "--schema-only", "--username=laurels"],
        *[f"--host={migrated['HOST']}", migrated["NAME"]],
    )
    # PostgreSQL writes some constraints in other words once they were restored; so both are.
    (tmp_path / "migrated.sql").write_text(tool.stable(made.stdout))

    def restored(file):
        server.drop_database("restored")
        server.create_database("restored")
        server.restore("restored", file)
        return tool.dump(server, "restored", "--schema-only")

    assert restored(BASELINE / f"{database}.sql") == restored(tmp_path / "migrated.sql")


@pytest.mark.django_db(databases=["default", "registrar"])
@pytest.mark.parametrize("database", ADDRESSES.values())
def test_the_baseline_names_every_migration_as_applied(server, database):
    with connections[HOMES[database]].cursor() as cursor:
        cursor.execute("select app, name from django_migrations order by 1, 2")
        applied = cursor.fetchall()

    lines = (BASELINE / f"{database}.sql").read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if "COPY public.django_migrations" in line)
    rows = lines[start + 1 : lines.index("\\.", start)]

    assert sorted(tuple(row.split("\t")[1:3]) for row in rows) == applied


@pytest.mark.parametrize("database", ADDRESSES.values())
def test_the_baseline_runs_on_older_servers_and_names_no_owner(database):
    text = (BASELINE / f"{database}.sql").read_text()

    assert "transaction_timeout" not in text
    assert "\\restrict" not in text
    assert "OWNER TO" not in text

"""What the documents promise must be there, and what is there must be in the documents."""

import ast
import re
from pathlib import Path

import pytest

from laurels.config.command import HELP, VERBS

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src/laurels"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("packages/*/*.md")]
DOCUMENTED = "".join(page.read_text() for page in (ROOT / "docs").glob("*.md"))
APPS = sorted(path.parent.name for path in SOURCES.glob("*/__init__.py"))
COMMANDS = sorted(
    path.stem
    for path in SOURCES.glob("*/management/commands/*.py")
    if not path.stem.startswith("_")
)
# Said between our own processes; nobody sets them.
INTERNAL = {"LAURELS_SUPERVISOR", "LAURELS_TEST_SERVER"}


def variables():
    """Return every variable of ours that is named in a string of the sources."""
    files = [*SOURCES.rglob("*.py"), ROOT / "laurels"]
    strings = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = re.compile(r"(LAURELS_[A-Z_]+|(REGISTRAR_)?DATABASE_URL|CHROMIUM)")
    return sorted(text for text in strings if named.fullmatch(text))


@pytest.mark.parametrize("variable", sorted(set(variables()) - INTERNAL))
def test_every_variable_of_the_environment_is_documented(variable):
    assert f"`{variable}`" in DOCUMENTED


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_manage_is_documented(command):
    assert f"`{command}" in DOCUMENTED


@pytest.mark.parametrize("verb", [*VERBS, "recount", "verify"])
def test_every_command_of_laurels_is_documented_and_in_its_help(verb):
    assert f"`./laurels {verb}" in DOCUMENTED
    assert f" {verb} " in HELP


@pytest.mark.parametrize("app", [*APPS, "ballotlog"])
def test_every_app_has_its_line_in_the_architecture(app):
    assert f" {app}/" in (ROOT / "ARCHITECTURE.md").read_text().replace("packages/", " ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_there(page):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_decision_is_listed():
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text())

    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_every_decision_fits_on_a_page():
    long = [
        path.name
        for path in (ROOT / "docs/decisions").glob("[0-9]*.md")
        if len(path.read_text().splitlines()) > 40
    ]

    assert long == []

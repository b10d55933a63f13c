"""House rules that no ready-made linter knows."""

import ast
import importlib
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from laurels.config.router import Router

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src/laurels"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {c["id"]: c for c in PYPROJECT["tool"]["importlinter"]["contracts"]}
HEIGHT = {
    app.strip(" ()"): -row
    for row, layer in enumerate(CONTRACTS["apps"]["layers"])
    for app in layer.split("|")
}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("laurels.")]
FORBIDDEN_MODULES = {"utils", "helpers", "common", "services", "managers", "misc"}
DATA_BLOCK = re.compile(r'type="application/(ld\+)?json"')  # browsers do not run it
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in SOURCES.glob("*/templates")
    for path in folder.rglob("*")
    if path.suffix in {".html", ".txt"}
)


def relations(model):
    """Return the fields by which a model points at another of ours."""
    return [
        field
        for field in model._meta.get_fields()
        if not field.auto_created and field.related_model in MODELS
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_relations_point_down_as_imports_do(model):
    here = model._meta.app_label

    upward = [
        field.name
        for field in relations(model)
        if (there := field.related_model._meta.app_label) != here and HEIGHT[there] >= HEIGHT[here]
    ]

    assert upward == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_relation_crosses_from_one_database_to_the_other(model):
    router = Router()
    fields = [field for field in model._meta.get_fields() if field.related_model]

    across = [f.name for f in fields if not router.allow_relation(model, f.related_model)]

    assert across == []


def test_the_registrar_has_a_database_of_its_own():
    router = Router()
    homes = {model._meta.app_label: router.db_for_read(model) for model in MODELS}

    assert homes.pop("registrar") == "registrar"
    assert set(homes.values()) == {"default"}


def test_every_package_says_in_one_sentence_what_it_is():
    packages = sorted(path.parent.name for path in SOURCES.glob("*/__init__.py"))

    sentences = {
        name: (importlib.import_module(f"laurels.{name}").__doc__ or "").strip()
        for name in packages
    }

    assert [name for name, text in sentences.items() if not text.endswith(".")] == []
    assert [name for name, text in sentences.items() if "\n" in text] == []


def test_a_package_holds_no_code_of_its_own():
    bodies = {
        path.parent.name: ast.parse(path.read_text()).body for path in SOURCES.glob("*/__init__.py")
    }

    assert [name for name, body in bodies.items() if len(body) > 1] == []


def test_no_module_has_a_name_that_says_nothing():
    vague = [path for path in SOURCES.rglob("*") if path.stem in FORBIDDEN_MODULES]

    assert vague == []


def our_patterns(resolver):
    """Yield every address of ours with the app that its module belongs to."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            module = pattern.callback.__module__
            if module.startswith("laurels.") and ".views" in module:
                yield module.split(".")[1], pattern
        else:
            yield from our_patterns(pattern)


def test_an_address_is_named_after_its_view():
    strays = [
        f"{app}:{pattern.name}"
        for app, pattern in our_patterns(get_resolver())
        if pattern.name
        != getattr(pattern.callback, "view_class", pattern.callback).__name__.lower()
        and pattern.name != pattern.callback.__name__
    ]

    assert strays == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_parses(name):
    assert get_template(name).template.nodelist is not None


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_no_template_holds_a_script_or_a_style_of_its_own(name):
    source = get_template(name).template.source

    inline = [
        line
        for line in source.splitlines()
        if "<style" in line
        or " style=" in line
        or " onclick=" in line
        or ("<script" in line and "src=" not in line and not DATA_BLOCK.search(line))
    ]

    assert inline == []


@pytest.mark.django_db(databases=["default", "registrar"])
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_only_the_clock_reads_the_clock_of_the_machine():
    readers = [
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"timezone.now", "datetime.now", "datetime.utcnow"}
    ]

    assert set(readers) == {"foundation/clock.py"}

"""Reads the folder of an award's file, whole, and reports every problem at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from laurels.website.award_file.editions import read_editions
from laurels.website.award_file.focus import read_articles
from laurels.website.award_file.pages import read_pages
from laurels.website.award_file.partners import read_campaigns, read_partners
from laurels.website.award_file.places import Fields
from laurels.website.award_file.problems import Remark, Report
from laurels.website.award_file.shapes import AwardShape

if TYPE_CHECKING:
    from pathlib import Path

EDITIONS, FOCUS, PARTNERS = "editions.json", "focus.json", "partners.json"
PAGES = "pages.json"  # an award without it starts with none of them
LARGEST_FILE = 64 * 1024 * 1024


class NotAJsonDocument(ValueError):  # noqa: N818 -- named for what is wrong
    """A file cannot be read as the JSON (RFC 8259) of an award's file."""


def read_folder(folder: Path) -> tuple[AwardShape, Report]:
    """Return what the documents of the folder say, and the warnings.

    Raise AwardFileIsWrong with every problem of all; nothing is read by halves.
    """
    report = Report()
    names = [EDITIONS, FOCUS, PARTNERS, *([PAGES] if (folder / PAGES).exists() else [])]
    values = {name: _read_document(folder, name, report) for name in names}
    # What a document says cannot be checked against one that could not be read.
    report.finish()
    documents = {
        name: Fields(value, document=name, path="", report=report) for name, value in values.items()
    }
    editions = read_editions(documents[EDITIONS])
    articles = read_articles(documents[FOCUS], [slug for slug, _ in editions.themes])
    partners = read_partners(documents[PARTNERS])
    campaigns = read_campaigns(
        documents[PARTNERS],
        [partner.slug for partner in partners],
        [edition.ordinal for edition in editions.editions],
    )
    pages = read_pages(documents[PAGES]) if PAGES in documents else ()
    report.finish()
    shape = AwardShape(
        editions.themes, editions.editions, editions.totals, articles, partners, campaigns, pages
    )
    return shape, report


def _read_document(folder: Path, name: str, report: Report) -> Any:
    try:
        return parse((folder / name).read_bytes())
    except FileNotFoundError:
        sentence = f"is not in the folder {folder}"
    except OSError as fault:
        sentence = f"cannot be read: {fault.strerror}"
    except NotAJsonDocument as fault:
        sentence = str(fault)
    report.problems.append(Remark(name, "", sentence))
    return None


def parse(content: bytes) -> Any:
    """Return the value of a JSON document in UTF-8; raise NotAJsonDocument with the place."""
    if len(content) > LARGEST_FILE:
        message = f"is larger than {LARGEST_FILE // 1024 // 1024} MB"
        raise NotAJsonDocument(message)
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_without_twins,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as fault:
        message = f"is not UTF-8 (byte {fault.start})"
        raise NotAJsonDocument(message) from fault
    except json.JSONDecodeError as fault:
        message = f"line {fault.lineno}, column {fault.colno}: not JSON: {fault.msg}"
        raise NotAJsonDocument(message) from fault
    except RecursionError as fault:
        message = "is nested too deeply"
        raise NotAJsonDocument(message) from fault


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f'holds the field "{key}" twice in one object'
            raise NotAJsonDocument(message)
        found[key] = value
    return found


def _refuse_constant(name: str) -> Any:
    message = f"holds {name}, which is not a number of JSON"
    raise NotAJsonDocument(message)

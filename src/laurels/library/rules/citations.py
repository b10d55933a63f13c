"""How a case is cited: as a sentence, as BibTeX and as RIS. Pure texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from laurels.library.models import InitiativePage

# English wherever a machine reads it; the sentence for people is translated.
AWARD = "Guangzhou International Award for Urban Innovation"
NOT_RECORDED = "[Title not recorded]"
# What TeX would read as a command, and the text that prints the same sign.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class Citation(NamedTuple):
    """What a citation says. `title` is as recorded, or that it is not."""

    key: str
    author: str
    title: str
    year: int
    edition: str
    url: str
    language: str
    licence: str
    abstract: str


def citation_of(initiative: InitiativePage, url: str) -> Citation:
    """Return what a citation says of a case at its whole address; city and edition at hand."""
    edition = initiative.edition
    return Citation(
        key=f"award-{initiative.slug}",
        author=str(initiative.city),
        title=initiative.recorded_title or NOT_RECORDED,
        year=edition.year,
        edition=f"Edition {edition.ordinal}, {edition.year}",
        url=url,
        language=initiative.text_language,
        licence=initiative.licence,
        abstract=initiative.summary,
    )


def sentence(cited: Citation) -> str:
    """Return the citation for people, in the language under way."""
    if cited.title == NOT_RECORDED:
        pattern = _("%(city)s, [title not recorded], %(award)s, %(edition)s.")
    else:
        pattern = _("%(city)s, “%(title)s”, %(award)s, %(edition)s.")
    return pattern % {
        "city": cited.author,
        "title": cited.title,
        "award": _("Guangzhou International Award for Urban Innovation"),
        "edition": cited.edition,
    }


def bibtex(cited: Citation) -> str:
    """Return one entry in UTF-8; a field of which nothing is recorded is left out."""
    fields = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "year": str(cited.year),
        "howpublished": f"{AWARD}, {cited.edition}",
        "url": _one_line(cited.url),
        "language": cited.language,
        "note": f"Licence: {cited.licence}",
        "abstract": _tex(cited.abstract),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


def ris(cited: Citation) -> str:
    """Return one record as RIS, its lines ended by CR LF as that format has it."""
    fields = [
        ("TY", "ELEC"),
        ("ID", cited.key),
        ("AU", cited.author),
        ("TI", cited.title),
        ("PY", str(cited.year)),
        ("PB", f"{AWARD}, {cited.edition}"),
        ("UR", cited.url),
        ("LA", cited.language),
        ("C1", f"Licence: {cited.licence}"),
        ("AB", cited.abstract),
        ("ER", ""),
    ]
    return "".join(
        f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value or tag == "ER"
    )


def _tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in _one_line(text))


def _one_line(text: str) -> str:
    return BREAKS.sub(" ", text).strip()

"""Finds clock times of which nobody can tell where they hold: the clock component prints none.

A time is bare where it stands outside the component, or, in plain text, without a zone after it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

# As people of many countries write hours; `\d` knows the digits of every script.
CLOCK_TIME = re.compile(
    r"""
    (?<![\d:.,/-])\d{1,2}
    (?:
      [:\uff1a\u2236]\d{2}(?!\d)                          # 20:30
      | \s?h\s?\d{2}(?!\w)                                # 20h30
      | [.:]\d{2}\s*(?:[ap]\.?m\b|Uhr|hrs?\b|h\b)         # 7.30 Uhr
      | \s*(?:[ap]\.\s?m\.|[ap]m\b|Uhr\b|o.clock\b)       # 8 pm
      | \s*[\u70b9\u9ede\u65f6\u6642](?!\u95f4|\u9593)    # 8, and the Chinese for "hours"
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What programs read: ISO 8601 with its zone, and the dates of RFC 822.
MACHINE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)"
    r"|\d\d:\d\d:\d\d (?:GMT|[+-]\d{4})"
)
HOUR = r"\d\d:\d\d(?: \(UTC[^)]*\))?"
MARKS = re.compile("[\u2066-\u2069]")
# What `laurels.design.instants` writes, in English: 20:30-22:00 in Guangzhou (12:30-14:00 UTC).
NAMED_TIME = re.compile(
    rf"{HOUR}(?:\N{{EN DASH}}(?:\w+, )?{HOUR})?(?: UTC| in [^()\d]+? \((?:your time too|[^()]*"
    rf"(?:\([^)]*\)[^()]*)*(?: UTC|, your time[^()]*))\))"
)
SPOKEN = ("alt", "aria-label", "content", "placeholder", "title", "value")
VOID = frozenset({"area", "br", "circle", "hr", "img", "input", "link", "meta", "path", "wbr"})
CODE = frozenset({"code", "pre", "script", "style", "template"})


def bare_in_text(text: str) -> list[str]:
    """Return the times of a letter, a feed or a calendar that name no zone."""
    rest = NAMED_TIME.sub("", MACHINE_TIME.sub("", MARKS.sub("", text)))
    return [found[0] for found in CLOCK_TIME.finditer(rest)]


class _Times(HTMLParser):
    """Collects the times outside the component, in what is shown and in what is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.bare: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_hidden = given.get("type") in {"hidden", "submit"} or given.get("name") == "viewport"
        # What a person types in has its zone in its label.
        is_typed = given.get("type") == "datetime-local" or "data-at" in given
        if not is_hidden and not is_typed:
            self._look(*(given.get(name) or "" for name in SPOKEN))
        if tag not in VOID:
            css = set((given.get("class") or "").split())
            covered = "when" in css or (tag == "details" and "cities" in css) or tag in CODE
            self.open.append((tag, covered))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(covered for _tag, covered in self.open):
            self._look(data)

    def _look(self, *texts):
        self.bare += [text.strip() for text in texts if bare_in_text(text)]


def bare_in_html(html: str) -> list[str]:
    """Return what of a page holds a time outside the clock component."""
    times = _Times()
    times.feed(html)
    return times.bare

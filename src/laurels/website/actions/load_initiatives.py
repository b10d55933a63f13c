"""Writes cities and initiatives. Nothing here ever changes an address."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from laurels.library.addresses import free_address
from laurels.library.enums import GlobalGoal
from laurels.library.models import BasicDatum, Goal, Honour, InitiativePage, Theme
from laurels.website.actions.load_cities import load_cities
from laurels.website.actions.pages import add_page, write_page
from laurels.website.actions.pairing import Pair, pair_initiatives
from laurels.website.award_file.problems import Remark
from laurels.website.award_file.reading import EDITIONS
from laurels.website.award_file.themes import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.library.models import City, LibraryPage
    from laurels.website.actions.ledger import Ledger
    from laurels.website.actions.load_editions import LoadedEdition
    from laurels.website.award_file.shapes import InitiativeShape

RELATIONS = ("themes", "goals", "honours", "basic_data")


def load_themes(themes: Sequence[tuple[str, str]], ledger: Ledger) -> dict[str, Theme]:
    """Write the themes and the 17 goals; return all themes by slug."""
    rows = {theme.slug: theme for theme in Theme.objects.all()}
    for slug, description in themes:
        row = rows.setdefault(slug, Theme(slug=slug))
        said = {"name": name_of(slug, description), "description": description}
        place = f"conventions.theme_vocabulary.{slug}"
        ledger.save_row(row, said, document=EDITIONS, place=place)
    Goal.objects.bulk_create([Goal(number=goal) for goal in GlobalGoal], ignore_conflicts=True)
    return rows


def load_initiatives(
    editions: Sequence[LoadedEdition],
    library: LibraryPage,
    themes: dict[str, Theme],
    ledger: Ledger,
) -> dict[tuple[int, str], InitiativePage]:
    """Write all initiatives that may be known; return them by edition and place in the file."""
    pages = list(InitiativePage.objects.originals().select_related("city", "edition"))
    pairs: list[tuple[LoadedEdition, Pair]] = []
    for edition in editions:
        mine = [page for page in pages if page.edition_id == edition.row.pk]
        paired = pair_initiatives(_admitted(edition), mine, ledger)
        pairs += [(edition, pair) for pair in paired]
    ledger.report.finish()
    cities = load_cities([pair for _, pair in pairs], ledger)
    taken = {page.slug for page in pages}
    relations = _relations()
    loaded: dict[tuple[int, str], InitiativePage] = {}
    for edition, pair in pairs:
        shape, city = pair.shape, cities[pair.shape.city_key]
        said = _said(edition, shape)
        if pair.page is None:
            page = _new_page(edition, shape, city, taken, ledger)
            create = _Creation(library, page, themes)
            ledger.save(page, said, current={}, write=create, **_place(shape))
        else:
            page = pair.page
            if ledger.last(page).get("city", said["city"]) != said["city"]:
                page.city = city
            _update(page, said, relations[page.pk], themes, ledger, shape)
        loaded[edition.row.pk, shape.place] = page
    ledger.report.finish()
    return loaded


def _admitted(edition: LoadedEdition) -> list[InitiativeShape]:
    if not edition.is_shortlist_known:
        return []
    return [
        shape
        for shape in edition.shape.initiatives
        if edition.is_revealed or not shape.is_known_by_its_outcome
    ]


def _said(edition: LoadedEdition, shape: InitiativeShape) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": f"{shape.city} {edition.row.year}",
        "city": [shape.city, shape.country_code],
        "stage": shape.stage.value,
        "recorded_title": shape.title,
        "title_note": shape.title_note,
        "summary": shape.summary,
        "population": shape.population,
        "population_note": shape.population_note,
        "goals_note": shape.goals_note,
        "presentation_group": shape.presentation_group,
        "themes": sorted(shape.themes),
        "goals": sorted(shape.goals),
        "basic_data": sorted(
            [each.kind, each.value, each.year, each.source] for each in shape.basic_data
        ),
    }
    if edition.is_revealed:
        outcome = shape.outcome
        said |= {
            "honours": sorted(honour.value for honour in outcome.honours),
            "public_votes": outcome.public_votes,
            "public_votes_note": outcome.public_votes_note,
            "note": outcome.note,
            "sources": list(outcome.sources),
        }
    return said


def _new_page(
    edition: LoadedEdition,
    shape: InitiativeShape,
    city: City,
    taken: set[str],
    ledger: Ledger,
) -> InitiativePage:
    if shape.address in taken:
        sentence = f"{shape.address} is the address of another initiative"
        ledger.report.problems.append(Remark(EDITIONS, f"{shape.place}.address", sentence))
    slug = shape.address or free_address(edition.row.year, shape.city, taken)
    taken.add(slug)
    return InitiativePage(slug=slug, edition=edition.row, city=city)


class _Creation:
    """Puts a new page under the library, whole."""

    def __init__(
        self, library: LibraryPage, page: InitiativePage, themes: dict[str, Theme]
    ) -> None:
        self.library, self.page, self.themes = library, page, themes

    def __call__(self, said: dict[str, Any]) -> None:
        _apply(self.page, said, self.themes)
        if self.page.slug in set(self.library.get_children().values_list("slug", flat=True)):
            return  # reported as a problem already; nothing of this loading is kept
        add_page(self.library, self.page)


def _update(
    page: InitiativePage,
    said: dict[str, Any],
    relations: dict[str, list[Any]],
    themes: dict[str, Theme],
    ledger: Ledger,
    shape: InitiativeShape,
) -> None:
    current = {name: getattr(page, name) for name in said if name not in (*RELATIONS, "city")}
    current |= {name: sorted(relations[name]) for name in RELATIONS}
    # What the file calls the city is remembered for the pairing; the row's city follows above.
    current["city"] = ledger.last(page).get("city", said["city"])

    def write(changes: dict[str, Any]) -> None:
        write_page(page, lambda target: _apply(target, changes, themes, city=page.city))

    ledger.save(page, said, current=current, write=write, **_place(shape))


def _apply(
    page: InitiativePage,
    changes: dict[str, Any],
    themes: dict[str, Theme],
    *,
    city: City | None = None,
) -> None:
    for name, value in changes.items():
        if name == "city":
            page.city = city or page.city
        elif name == "themes":
            page.themes = [themes[slug] for slug in value]
        elif name == "goals":
            page.goals = list(Goal.objects.filter(number__in=value))
        elif name == "honours":
            page.honours = _honours(page, value)
        elif name == "basic_data":
            page.basic_data = [
                BasicDatum(kind=kind, value=given, year=year, source=source)
                for kind, given, year, source in value
            ]
        else:
            setattr(page, name, value)


def _honours(page: InitiativePage, kinds: list[str]) -> list[Honour]:
    kept = [honour for honour in page.honours.all() if honour.kind in kinds]
    new = set(kinds) - {honour.kind for honour in kept}
    return [*kept, *(Honour(kind=kind, edition=page.edition) for kind in sorted(new))]


def _relations() -> defaultdict[int, dict[str, list[Any]]]:
    """Return themes, goals, honours and basic data of every page in four queries."""
    found: defaultdict[int, dict[str, list[Any]]] = defaultdict(
        lambda: {name: [] for name in RELATIONS}
    )
    themes = InitiativePage.themes.through.objects.values_list("initiativepage_id", "theme__slug")
    goals = InitiativePage.goals.through.objects.values_list("initiativepage_id", "goal_id")
    honours = Honour.objects.values_list("initiative_id", "kind")
    for name, rows in (("themes", themes), ("goals", goals), ("honours", honours)):
        for page_id, value in rows:
            found[page_id][name].append(value)
    figures = BasicDatum.objects.values_list("initiative_id", "kind", "value", "year", "source")
    for page_id, *figure in figures:
        found[page_id]["basic_data"].append(figure)
    return found


def _place(shape: InitiativeShape) -> dict[str, str]:
    return {"document": EDITIONS, "place": shape.place}

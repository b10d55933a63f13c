"""How quickly the library finds: `./laurels bench search [--cases 100000] [--json]`.

Generated cases in six languages, searched through the one door that the site uses, with the counts
of every facet; by one client, then by eight in two processes. Known cases are asked for by words of
their titles, spelt rightly and wrongly. In the same run: the same questions by ILIKE, and what one
saving of a case costs. The database of the cases is kept, so that a second run starts at once.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import pickle
import random
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

# What other processes run must be found by them too, however this file was loaded.
import _cases  # noqa: E402

SEARCHES = 300
WARM = 60
SECONDS = 20  # of eight clients
PROCESSES, THREADS = 2, 4
PATIENCE = SECONDS + 300  # seconds until clients that say nothing are given up
KNOWN = 15  # cases asked for of each script and kind of misspelling
SAVES = 60
BASELINE = 5
TOP = 10


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    seconds = use_database(options.cases)
    import django

    django.setup()
    report = measure(options.cases)
    report["build_s"] = round(seconds, 1) if seconds else None
    print(json.dumps(report) if options.json else words(report))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench search", description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.cases < 100:
        parser.error("at least a hundred cases")
    return options


# --- The database of the cases -----------------------------------------------------


def use_database(count: int) -> float:
    """Point Django at the database of so many cases; return the seconds of building, 0 if kept."""
    plain = os.environ["DATABASE_URL"]
    name = f"search_{count}_{fingerprint()}"
    with psycopg.connect(make_conninfo(plain, dbname="postgres"), autocommit=True) as server:
        old = server.execute("select datname from pg_database where datname ~ '^search_'")
        names = [row[0] for row in old.fetchall()]
        os.environ["DATABASE_URL"] = make_conninfo(plain, dbname=name)
        if name in names:
            return 0.0
        for other in names:
            server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(other)))
        unfinished = f"{name}_new"
        mine = psycopg.conninfo.conninfo_to_dict(plain)["dbname"]
        server.execute(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(unfinished), sql.Identifier(str(mine))
            )
        )
        began = time.perf_counter()
        context = multiprocessing.get_context("spawn")
        address = make_conninfo(plain, dbname=unfinished)
        building = context.Process(target=build, args=(count, address))
        building.start()
        building.join()
        if building.exitcode:
            message = "the cases could not be indexed; the lines above say why"
            raise RuntimeError(message)
        server.execute(
            sql.SQL("alter database {} rename to {}").format(
                sql.Identifier(unfinished), sql.Identifier(name)
            )
        )
        return time.perf_counter() - began


def fingerprint() -> str:
    """Return what changes when the cases or their index would be others."""
    digest = hashlib.sha256(Path(_cases.__file__).read_bytes())
    folder = Path(__file__).parents[1] / "src/laurels/library"
    names = ("words", "spelling", "facets", "documents", "rebuilding", "staging", "tables")
    for file in [*(folder / f"search/{name}.py" for name in names), Path(__file__)]:
        digest.update(file.read_bytes() if file != Path(__file__) else b"")
    return digest.hexdigest()[:10]


def build(count: int, address: str) -> None:
    """Index the cases in a database of their own; run in a process of its own."""
    os.environ["DATABASE_URL"] = address
    import django

    django.setup()
    from django.db import connection

    from laurels.editions.models import Edition
    from laurels.library.models import City, SearchTheme, Theme
    from laurels.library.search.rebuilding import rebuild

    for ordinal, year in enumerate(range(2012, 2026, 2), 1):
        Edition.objects.create(year=year, ordinal=ordinal, host_city="Guangzhou")
    for bit in range(_cases.THEMES_COUNT):
        theme = Theme.objects.create(slug=f"theme-{bit}", name=f"Generated theme {bit}")
        SearchTheme.objects.create(bit=bit, theme=theme)
    for code in sorted({city.country for city in _cases.cities()}):
        City.objects.create(name=f"Generated {code}", country=f"Country {code}", country_code=code)
    with connection.cursor() as cursor:
        cursor.execute("create table bench_text (pk integer primary key, told text)")
    rebuild(lambda: documents(count), processes=2)
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy("copy bench_text from stdin") as stream,
    ):
        for case in _cases.cases(count):
            stream.write_row((case.pk, f"{case.title} {case.summary}"))
    connection.close()
    with psycopg.connect(address, autocommit=True) as plain:
        plain.execute("vacuum analyze")


def documents(count: int) -> Iterator[Any]:
    from laurels.library.search.documents import Document, Telling, country_names
    from laurels.library.search.facets import Traits

    for case in _cases.cases(count):
        code = case.city.country
        yield Document(
            pk=case.pk,
            tellings=(Telling(case.language, case.title, case.summary, case.body),),
            places=(
                *dict.fromkeys([case.city.names["en"], *case.city.names.values()]),
                *country_names(code),
                f"Country {code}",
            ),
            subjects=(),
            traits=Traits(
                themes=case.themes,
                goals=case.goals,
                country_code=code,
                year=case.year,
                population=case.population,
                languages=(case.language,),
                outcomes=case.outcomes,
            ),
        )


# --- What is asked -----------------------------------------------------------------


def questions(count: int) -> list[Any]:
    """Return the searches to time: words, concepts, places, titles, misspelt ones, browsing."""
    from laurels.library.search import LibraryQuestion

    rng = random.Random(11)  # noqa: S311 -- invented data
    some = sample(count, 400)
    asked = []
    for _each in range(SEARCHES):
        case = rng.choice(some)
        topic = _cases.TOPICS[rng.randrange(len(_cases.TOPICS))]
        language = rng.choices(_cases.LANGUAGES, _cases.SHARES)[0]
        told = topic[1 + _cases.LANGUAGES.index(language)]
        place = rng.choice(list(case.city.names.values()))
        words = rng.choices(
            [
                str(_cases.vocabulary(language)[rng.randrange(20, 600)]),
                told,
                f"{told} {place}",
                place,
                case.title.removesuffix(_cases.MARK),
                " ".join(spoil(word, rng.choice(KINDS), rng) for word in told.split()),
                "",
            ],
            [20, 25, 20, 10, 10, 10, 5],
        )[0]
        choices: dict[str, Any] = {}
        if rng.random() < 0.3:
            every = {
                "theme": f"theme-{rng.randrange(17)}",
                "goal": str(rng.randrange(1, 18)),
                "region": rng.choice(["africa", "asia", "europe"]),
                "edition": str(rng.choice([2020, 2022, 2024])),
                "outcome": "shortlisted",
                "language": rng.choice(_cases.LANGUAGES),
            }
            choices = {facet: (every[facet],) for facet in rng.sample(list(every), 2)}
        asked.append(LibraryQuestion(words=words, **choices))
    return asked


def sample(count: int, wanted: int) -> list[Any]:
    """Return some cases of all, evenly."""
    step = max(1, count // wanted)
    return [case for case in _cases.cases(count) if case.pk % step == 0]


KINDS = ("swap", "drop", "double", "replace")


def spoil(word: str, kind: str, rng: random.Random) -> str:
    """Return a word with one mistake; words of under five letters stay."""
    if len(word) < 5:
        return word
    at = rng.randrange(1, len(word) - 2)
    return {
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "drop": word[:at] + word[at + 1 :],
        "double": word[: at + 1] + word[at:],
        "replace": word[:at] + rng.choice("aeiou" if word.isascii() else word) + word[at + 1 :],
    }.get(kind, word)


def known(count: int) -> Iterator[tuple[str, str, str, int]]:
    """Return (script, kind, words, key) of known cases: two words of the title and the city."""
    from opencc import OpenCC

    rng = random.Random(3)  # noqa: S311 -- invented data
    by_script = defaultdict(list)
    for case in sample(count, 2000):
        by_script[_cases.SCRIPTS[case.language]].append(case)
    traditional = OpenCC("s2t").convert
    for script, found in sorted(by_script.items()):
        kinds = ("exact", "traditional", "part") if script == "cjk" else ("exact", *KINDS, "bare")
        for kind in kinds:
            for case in rng.sample(found, min(KNOWN, len(found))):
                yield script, kind, _asked(case, kind, rng, traditional), case.pk


def _asked(case: Any, kind: str, rng: random.Random, traditional: Callable[[str], str]) -> str:
    name = case.city.names.get(case.language, case.city.names["en"])
    if case.language == "zh":
        together = f"{case.rare[0]} {case.rare[1]} {name}"
        whole = f"{_cases.TOPICS[case.topic][2]} {together}"
        return {"traditional": traditional(whole), "part": together}.get(kind, whole)
    words = list(case.rare)
    if kind == "bare":  # as a keyboard without accents writes it
        from laurels.library.search.words import fold

        return fold(" ".join([*words, name]))
    longest = max(range(2), key=lambda at: len(words[at]))
    words[longest] = spoil(words[longest], kind, rng)
    return " ".join([*words, name])


# --- Measuring ---------------------------------------------------------------------


def measure(count: int) -> dict[str, Any]:
    from laurels.editions.models import Edition
    from laurels.library.search import find, warm

    told = list(Edition.objects.values_list("pk", flat=True))
    asked = questions(count)
    began = time.perf_counter()
    warm()
    warmed = time.perf_counter() - began
    for question in asked[:WARM]:
        find(question, told=told)
    alone = [timed(partial(find, question, told=told)) for question in asked]
    eight = crowd(asked, told)
    found = found_at_ten(count, told)
    saves, indexing = save_times(count)
    return {
        "bench": "search",
        "cases": count,
        **percentiles("", alone),
        "p50_8_ms": quantile(eight, 0.5),
        "p95_8_ms": quantile(eight, 0.95),
        "searches_per_s_8": round(len(eight) / SECONDS),
        "found_at_10": found,
        "save_p50_ms": quantile(saves, 0.5),
        "save_p95_ms": quantile(saves, 0.95),
        "index_one_p50_ms": quantile(indexing, 0.5),
        "index_one_p95_ms": quantile(indexing, 0.95),
        "ilike_p50_ms": quantile(ilike(asked), 0.5),
        "warm_s": round(warmed, 2),
    }


def timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def quantile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)


def percentiles(mark: str, times: list[float]) -> dict[str, float]:
    return {f"p50{mark}_ms": quantile(times, 0.5), f"p95{mark}_ms": quantile(times, 0.95)}


def crowd(asked: list[Any], told: list[int]) -> list[float]:
    """Return the times of eight clients without a pause, in two processes as of a site."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    clients = [
        context.Process(target=clients_of, args=(number, pickle.dumps(asked), told, answers))
        for number in range(PROCESSES)
    ]
    for process in clients:
        process.start()
    times = [each for _process in clients for each in answers.get(timeout=PATIENCE)]
    for process in clients:
        process.join()
    return times


def clients_of(number: int, packed: bytes, told: list[int], answers: Any) -> None:
    import django

    django.setup()
    asked = pickle.loads(packed)  # noqa: S301 -- our own; before, Django's apps were not ready
    from django.db import connection

    from laurels.library.search import find

    times: list[float] = []
    ready = threading.Barrier(THREADS)

    def ask(start: int) -> None:
        mine = []
        for question in asked[:5]:
            find(question, told=told)
        ready.wait()
        end = time.perf_counter() + SECONDS
        at = start
        while time.perf_counter() < end:
            question = asked[at % len(asked)]
            mine.append(timed(partial(find, question, told=told)))
            at += 1
        times.extend(mine)
        connection.close()

    threads = [
        threading.Thread(target=ask, args=((number * THREADS + each) * 37,))
        for each in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(times)


def found_at_ten(count: int, told: list[int]) -> dict[str, dict[str, float]]:
    """Return the share of known cases among the first ten, by script and kind of misspelling."""
    from laurels.library.search import LibraryQuestion, find

    hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for script, kind, words, pk in known(count):
        answer = find(LibraryQuestion(words=words), told=told, rows=TOP)
        hits[script][kind].append(pk in answer.pks)
    return {
        script: {kind: round(statistics.mean(each), 3) for kind, each in kinds.items()}
        for script, kinds in hits.items()
    }


def save_times(count: int) -> tuple[list[float], list[float]]:
    """Return the times of saving a page whole, with Wagtail's part, and of indexing it alone."""
    from laurels.editions.models import Edition
    from laurels.library.models import InitiativePage
    from laurels.library.search.index import index_initiatives
    from tests.factories.library import make_city, make_library

    library = make_library()
    page = InitiativePage.objects.filter(title="Saved").first() or library.add_child(
        instance=InitiativePage(
            title="Saved", edition=Edition.objects.first(), city=make_city("Saved")
        )
    )
    saves, alone = [], []
    for case in sample(count, SAVES)[:SAVES]:
        page.recorded_title, page.summary = case.title[:300], case.summary[:600]
        page.problem = case.body
        page.text_language = case.language
        saves.append(timed(page.save))
        alone.append(timed(lambda: index_initiatives([page.pk])))
    page.delete()
    return saves, alone


def ilike(asked: list[Any]) -> list[float]:
    """Return what PostgreSQL takes for a few of the questions by ILIKE alone, without facets."""
    from django.db import connection

    times = []
    for question in [each for each in asked if each.words][:BASELINE]:
        wanted = [f"%{word}%" for word in question.words.split()]
        with connection.cursor() as cursor:
            statement = "select pk from bench_text where told ilike all(%s)"
            times.append(timed(partial(cursor.execute, statement, [wanted])))
    return times


def words(report: dict[str, Any]) -> str:
    lines = [
        f"{report['cases']} generated cases, every search with the counts of all facets.",
        (
            f"One client: {report['p50_ms']} ms half of the time, {report['p95_ms']} ms at p95."
            f" Eight: {report['p50_8_ms']} and {report['p95_8_ms']} ms,"
            f" {report['searches_per_s_8']} a second."
        ),
        (
            f"Saving a case: {report['save_p50_ms']} and {report['save_p95_ms']} ms, of which the index"
            f" {report['index_one_p50_ms']} and {report['index_one_p95_ms']} ms."
        ),
        f"ILIKE alone, for comparison: {report['ilike_p50_ms']} ms half of the time.",
        "Known cases among the first ten:",
    ]
    for script, kinds in report["found_at_10"].items():
        told = ", ".join(f"{kind} {share:.0%}" for kind, share in kinds.items())
        lines.append(f"  {script}: {told}")
    return "\n".join(lines)

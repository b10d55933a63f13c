"""Invented cases for the search bench: six languages, words by Zipf, every case with a known topic.

They are generated, marked as such in their titles, and live in the bench's database only. Words are
made of syllables, so that nothing of anybody's text is needed; topics and the names of cities are
real, so that a question has an answer that is known beforehand.
"""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from babel import Locale
from babel.core import get_global

LANGUAGES = ("en", "zh", "es", "fr", "ar", "ru")
SHARES = (0.50, 0.14, 0.12, 0.09, 0.08, 0.07)
SCRIPTS = {
    "en": "latin",
    "es": "latin",
    "fr": "latin",
    "zh": "cjk",
    "ar": "arabic",
    "ru": "cyrillic",
}
WORDS = 24_000  # of a language
LEAST, MOST = 300, 800  # words of a case
MARK = "[generated]"
SYLLABLES = {
    "en": ("b c d f g h l m n p r s t w br st tr pl sh", "a e i o u ea ou", "n r s t l nd ck ng"),
    "es": ("b c d f g l m n p r s t v br cr tr", "a e i o u ue ie", "n s r l d"),
    "fr": ("b c d f g l m n p r s t v ch br pr", "a e i o u eau ou é è", "n s r t l que"),
    "ru": ("б в г д ж з к л м н п р с т х ст пр", "а е и о у ы я", "н т р л м к сть"),
    "ar": ("ب ت ج ح د ر س ش ص ع ف ق ك ل م ن", "ا و ي", "ن ر م ل ب د"),
}
# theme | en | zh | es | fr | ar | ru
TOPICS = [
    line.split("|")
    for line in """
0|home care for older people|居家养老|cuidado de personas mayores|aide à domicile des personnes âgées|رعاية كبار السن|уход за пожилыми людьми
0|dementia friendly streets|认知症友好街区|calles amigables con la demencia|rues accueillantes pour la démence|شوارع صديقة لمرضى الخرف|улицы для людей с деменцией
1|youth council|青年议会|consejo de la juventud|conseil des jeunes|مجلس الشباب|молодёжный совет
2|women cooperatives|妇女合作社|cooperativas de mujeres|coopératives de femmes|تعاونيات نسائية|женские кооперативы
3|slum upgrading|贫民窟改造|mejoramiento de barrios|réhabilitation des bidonvilles|تحسين الأحياء الفقيرة|благоустройство трущоб
4|mobile vaccination clinics|流动疫苗诊所|clínicas móviles de vacunación|cliniques mobiles de vaccination|عيادات تطعيم متنقلة|мобильные пункты вакцинации
5|library network|图书馆网络|red de bibliotecas|réseau de bibliothèques|شبكة مكتبات|сеть библиотек
6|urban farming|都市农业|agricultura urbana|agriculture urbaine|الزراعة الحضرية|городское земледелие
7|waste sorting|垃圾分类|separación de residuos|tri des déchets|فرز النفايات|раздельный сбор отходов
8|leak detection|漏水检测|detección de fugas|détection des fuites|كشف التسرب|поиск утечек воды
9|early warning for floods|洪水预警|alerta temprana de inundaciones|alerte précoce aux inondations|الإنذار المبكر بالفيضانات|раннее предупреждение о наводнениях
10|rooftop solar|屋顶光伏|energía solar en techos|solaire en toiture|الطاقة الشمسية على الأسطح|солнечные крыши
11|pocket parks|口袋公园|parques de bolsillo|parcs de poche|حدائق الجيب|зелёные дворы
12|cycle lanes|自行车道|ciclovías|pistes cyclables|مسارات الدراجات|велодорожки
13|craft workshops|手工艺工坊|talleres de artesanía|ateliers d'artisanat|ورش الحرف اليدوية|ремесленные мастерские
14|participatory budgeting|参与式预算|presupuesto participativo|budget participatif|الميزانية التشاركية|партисипаторный бюджет
15|open data portal|开放数据平台|portal de datos abiertos|portail de données ouvertes|بوابة البيانات المفتوحة|портал открытых данных
16|street vendors|街头摊贩|vendedores ambulantes|vendeurs de rue|الباعة الجائلون|уличные торговцы
""".strip().splitlines()
]
THEMES_COUNT = 17


class City(NamedTuple):
    """A city by CLDR: its names by language, its country's code."""

    country: str
    names: dict[str, str]


class Case(NamedTuple):
    """One invented case, and what it is about."""

    pk: int
    language: str
    city: City
    topic: int
    rare: tuple[str, str]  # two words of its title that few others write
    title: str
    summary: str
    body: str
    themes: tuple[int, ...]
    goals: tuple[int, ...]
    year: int
    population: int | None
    outcomes: tuple[str, ...]


@cache
def cities() -> list[City]:
    """Return the cities for which CLDR names time zones, in a fixed order."""
    locales = {code: Locale.parse({"zh": "zh_Hans"}.get(code, code)) for code in LANGUAGES}
    found: dict[str, City] = {}
    for zone, country in sorted(get_global("zone_territories").items()):
        names = {
            code: name
            for code, locale in locales.items()
            if (name := (locale.time_zones.get(zone) or {}).get("city"))
        }
        english = names.setdefault("en", zone.split("/")[-1].replace("_", " "))
        if "/" in zone and len(country) == 2 and zone.split("/")[0] not in {"Etc", "Antarctica"}:
            found.setdefault(english, City(country, names))
    mixed = list(found.values())
    random.Random(7).shuffle(mixed)  # noqa: S311 -- invented data
    return mixed


@cache
def vocabulary(language: str) -> Any:
    """Return invented words of a language, the most frequent first; for Chinese, of two signs."""
    rng = random.Random(f"words {language}")  # noqa: S311 -- invented data
    words: dict[str, None] = {}
    if language == "zh":
        signs = [chr(0x4E00 + at) for at in rng.sample(range(0x1000), 1500)]
        while len(words) < WORDS:
            words["".join(rng.choices(signs, k=rng.choice([1, 2, 2, 2, 3])))] = None
        return np.array(list(words), dtype=object)
    starts, middles, ends = (part.split() for part in SYLLABLES[language])
    while len(words) < WORDS:
        count = rng.choice([1, 2, 2, 3, 3, 4])
        syllables = "".join(rng.choice(starts) + rng.choice(middles) for _each in range(count))
        word = syllables + rng.choice(["", rng.choice(ends)])
        if len(word) > 1:
            words[word] = None
    return np.array(list(words), dtype=object)


@cache
def _zipf(size: int, shift: float, steepness: float) -> Any:
    weights = 1 / (np.arange(size) + shift) ** steepness
    return np.cumsum(weights / weights.sum())


def cases(count: int) -> Iterator[Case]:
    """Return cases, the same ones at every call."""
    draw = np.random.default_rng(7)
    rng = random.Random(7)  # noqa: S311 -- invented data
    places = cities()
    common = _zipf(len(places), 8.0, 0.7)
    topics = {
        (language, at): draw.choice(np.arange(1500, 15_000), 60, replace=False)
        for language in LANGUAGES
        for at in range(len(TOPICS))
    }
    for pk in range(1, count + 1):
        language = rng.choices(LANGUAGES, SHARES)[0]
        topic = rng.randrange(len(TOPICS))
        city = places[min(int(np.searchsorted(common, rng.random())), len(places) - 1)]
        words, rare = _words(draw, rng, language, topics[language, topic])
        yield _case(rng, pk, language, city, topic, words, rare)


def _words(draw: Any, rng: random.Random, language: str, topic: Any) -> tuple[list[str], list[str]]:
    """Return the words of a case: most by Zipf, some of its topic, a few rare ones often."""
    every = vocabulary(language)
    size = rng.randint(LEAST, MOST)
    at = np.searchsorted(_zipf(WORDS, 2.7, 1.05), draw.random(size)).clip(0, WORDS - 1)
    kind = draw.random(size)
    of_topic = kind > 0.80
    narrow = np.searchsorted(_zipf(60, 2.0, 0.8), draw.random(int(of_topic.sum()))).clip(0, 59)
    at[of_topic] = topic[narrow]
    rare = draw.integers(WORDS // 3, WORDS, 8)
    burst = kind < 0.05
    at[burst] = rare[draw.integers(0, 8, int(burst.sum()))]
    return every[at].tolist(), every[rare].tolist()


def _case(
    rng: random.Random,
    pk: int,
    language: str,
    city: City,
    topic: int,
    words: list[str],
    rare: list[str],
) -> Case:
    gap = "" if language == "zh" else " "
    told = TOPICS[topic][1 + LANGUAGES.index(language)]
    name = city.names.get(language, city.names["en"])
    title = f"{told}{gap or '：'}{name}: {rare[0]}{gap or '，'}{rare[1]} {MARK}"
    themes = {int(TOPICS[topic][0]), *rng.sample(range(THEMES_COUNT), rng.choice([0, 1, 1, 2]))}
    stage = rng.choices(["entered", "deserving", "shortlisted"], [85, 10, 5])[0]
    won = ("winner",) if stage == "shortlisted" and rng.random() < 0.3 else ()
    return Case(
        pk=pk,
        language=language,
        city=city,
        topic=topic,
        rare=(rare[0], rare[1]),
        title=title,
        summary=f"{told} {gap.join(words[:40])}.",
        body=". ".join(gap.join(words[at : at + 18]) for at in range(40, len(words), 18)),
        themes=tuple(sorted(themes)),
        goals=tuple(sorted({1 + topic % 17, *rng.sample(range(1, 18), rng.choice([0, 1, 2]))})),
        year=rng.choices(range(2012, 2026, 2), range(1, 8))[0],
        population=rng.choice([None, 80_000, 300_000, 700_000, 2_000_000, 7_000_000, 12_000_000]),
        outcomes=(stage, *won),
    )

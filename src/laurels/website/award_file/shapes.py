"""What an award's file says, read and checked; nothing here knows a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from laurels.editions.enums import MomentKind
    from laurels.library.enums import HonourKind, Stage


@dataclass(frozen=True)
class MomentShape:
    """One moment; instants UTC, precision as in `editions.enums.Precision`."""

    kind: MomentKind
    opens_at: datetime | None = None
    opens_precision: str = ""
    closes_at: datetime | None = None
    closes_precision: str = ""
    recorded: str = ""
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of an initiative: not to be stored before its edition is revealed."""

    honours: tuple[HonourKind, ...] = ()
    public_votes: int | None = None
    public_votes_note: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class BasicDatumShape:
    """One of the award's basic data, as given."""

    kind: str
    value: str
    year: int | None
    source: str


@dataclass(frozen=True)
class InitiativeShape:
    """One initiative of one edition. `place` is where it stands: `editions[5].cities[3]`."""

    place: str
    city: str
    country: str
    country_code: str
    stage: Stage
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    title: str | None = None
    title_note: str = ""
    summary: str = ""
    themes: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    goals_note: str = ""
    population: int | None = None
    population_note: str = ""
    presentation_group: str = ""
    basic_data: tuple[BasicDatumShape, ...] = ()
    outcome: Outcome = field(default_factory=Outcome)
    is_known_by_its_outcome: bool = False

    @property
    def city_key(self) -> tuple[str, str]:
        return self.city, self.country_code


@dataclass(frozen=True)
class SeminarShape:
    """One seminar; `cities` are names of the edition's shortlisted cities, in order."""

    number: int
    title: str
    subtitle: str
    starts_at: datetime
    ends_at: datetime
    cities: tuple[str, ...]
    cities_complete: bool
    moderators: str
    note: str


@dataclass(frozen=True)
class EditionShape:
    """One edition. `facts` may be stored at once, `outcome` not before the reveal."""

    place: str
    ordinal: int
    year: int
    facts: dict[str, Any]
    outcome: dict[str, Any]
    moments: tuple[MomentShape, ...]
    initiatives: tuple[InitiativeShape, ...]
    seminars: tuple[SeminarShape, ...]


@dataclass(frozen=True)
class TotalsShape:
    initiatives_count: int
    cities_count: int
    countries_count: int
    source: str


@dataclass(frozen=True)
class EditionsShape:
    """`editions.json`; themes as (slug, description)."""

    themes: tuple[tuple[str, str], ...]
    editions: tuple[EditionShape, ...]
    totals: TotalsShape | None


@dataclass(frozen=True)
class MentionShape:
    city: str
    country: str


@dataclass(frozen=True)
class ArticleShape:
    """One FOCUS article."""

    place: str
    address: str
    title: str
    kind: str
    published_on: date | None
    international_day: str
    teaser: str
    themes: tuple[str, ...]
    mentions: tuple[MentionShape, ...]


@dataclass(frozen=True)
class PartnerShape:
    slug: str
    name: str
    short_name: str
    role: str
    city: str
    country: str
    url: str


@dataclass(frozen=True)
class CampaignShape:
    """A partner's campaign for the edition of that ordinal."""

    partner: str
    ordinal: int


@dataclass(frozen=True)
class FactShape:
    label: str
    value: str
    source: str


@dataclass(frozen=True)
class SectionShape:
    """A part of a page: paragraphs and points, or facts."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    facts: tuple[FactShape, ...]


@dataclass(frozen=True)
class PageShape:
    """A page of the site's own; `kind` is text, news or contact, `prompt` is for editors."""

    kind: str
    address: str
    title: str
    lead: str
    prompt: str
    sections: tuple[SectionShape, ...]


@dataclass(frozen=True)
class AwardShape:
    """All documents. `articles` are newest first, as in the file."""

    themes: tuple[tuple[str, str], ...]
    editions: tuple[EditionShape, ...]
    totals: TotalsShape | None
    articles: tuple[ArticleShape, ...]
    partners: tuple[PartnerShape, ...]
    campaigns: tuple[CampaignShape, ...]
    pages: tuple[PageShape, ...] = ()

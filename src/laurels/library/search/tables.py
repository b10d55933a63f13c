"""The tables that are searched. Everything in them can be made again from the initiatives."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator
from django.db import models

from laurels.library.search.facets import MOST_THEMES

INITIATIVE = "library.InitiativePage"


class SearchMatch(models.Model):
    """What matches: a case's packed facets, what it is sorted by, and all its lexemes.

    `lexemes` is kept out of line, so that the rows stay tiny: reading fifty thousand of them to
    count their facets is cheap, and only the index looks into the lexemes.
    """

    initiative = models.OneToOneField(
        INITIATIVE,
        on_delete=models.DO_NOTHING,  # `Indexed` takes it out, with its words
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    bits = models.BigIntegerField()
    codes = models.BigIntegerField()
    year = models.SmallIntegerField()
    city = models.TextField(db_collation="C")
    country = models.TextField(db_collation="C")
    lexemes = SearchVectorField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(name="searchmatch_by_lexeme", fields=["lexemes"]),
            models.Index(name="searchmatch_newest", fields=["-year", "city", "initiative"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class SearchRank(models.Model):
    """What decides the order: each lexeme once, its weight A to D being where it stands.

    A is the title, B a place, C the summary or said often, D one of the other words that say most
    about the case. Facets stand here again, so that a filter needs no join.
    """

    initiative = models.OneToOneField(
        INITIATIVE,
        on_delete=models.DO_NOTHING,  # `Indexed` takes it out, with its words
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    bits = models.BigIntegerField()
    codes = models.BigIntegerField()
    head = SearchVectorField()

    class Meta:
        indexes: ClassVar = [GinIndex(name="searchrank_by_lexeme", fields=["head"])]

    def __str__(self) -> str:
        return f"{self.pk}"


class SearchLexeme(models.Model):
    """In how many cases a lexeme stands. One that stands in none is not here."""

    lexeme = models.TextField(primary_key=True, db_collation="C")
    cases_count = models.IntegerField()

    def __str__(self) -> str:
        return self.lexeme


class SearchWord(models.Model):
    """A written form of a lexeme, folded, and the hashes by which its misspellings find it."""

    pk = models.CompositePrimaryKey("form", "lexeme")
    form = models.TextField(db_collation="C")
    lexeme = models.TextField(db_collation="C", db_index=True)
    deletes = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar = [GinIndex(name="searchword_by_delete", fields=["deletes"])]

    def __str__(self) -> str:
        return self.form


class SearchTheme(models.Model):
    """Which bit of `bits` stands for a theme; the bit of one that is gone is not given again."""

    bit = models.PositiveSmallIntegerField(
        primary_key=True, validators=[MaxValueValidator(MOST_THEMES - 1)]
    )
    theme = models.OneToOneField(
        "library.Theme", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.bit}"

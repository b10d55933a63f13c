"""The cities of an article move from rows of their own into its body, drafts included."""

import json
import uuid

from django.db import migrations

CITY, INITIATIVE = "city", "initiative"


def into_blocks(apps, schema_editor):
    Article = apps.get_model("focus", "FocusArticlePage")
    Mention = apps.get_model("focus", "FocusMention")
    for article in Article.objects.order_by("pk"):
        rows = Mention.objects.filter(article=article).order_by("sort_order", "pk")
        blocks = [
            _block(row.city_name, row.country, row.initiative_id) for row in rows
        ]
        if blocks:
            article.body = json.dumps([*_raw(article.body), *blocks])
            article.save(update_fields=["body"])
        for revision in _revisions(apps, article):
            content = revision.content
            mentions = content.pop("mentions", None)
            if mentions is None:
                continue
            body = json.loads(content.get("body") or "[]")
            mentions.sort(key=lambda row: row.get("sort_order") or 0)
            moved = [_block(row["city_name"], row["country"], row["initiative"]) for row in mentions]
            content["body"] = json.dumps([*body, *moved])
            revision.save(update_fields=["content"])


def into_mentions(apps, schema_editor):
    """Give back the rows; other words for an extract and the place among the text are lost."""
    Article = apps.get_model("focus", "FocusArticlePage")
    Mention = apps.get_model("focus", "FocusMention")
    City = apps.get_model("library", "InitiativePage")
    names = {
        pk: (city, country)
        for pk, city, country in City.objects.values_list("pk", "city__name", "city__country")
    }
    for article in Article.objects.order_by("pk"):
        kept, rows = _parted(_raw(article.body), names)
        article.body = json.dumps(kept)
        article.save(update_fields=["body"])
        for order, (name, country, initiative) in enumerate(rows):
            Mention.objects.create(
                article=article,
                city_name=name,
                country=country,
                initiative_id=initiative,
                sort_order=order,
            )
        for revision in _revisions(apps, article):
            content = revision.content
            kept, rows = _parted(json.loads(content.get("body") or "[]"), names)
            content["body"] = json.dumps(kept)
            content["mentions"] = [
                {
                    "pk": None,
                    "sort_order": order,
                    "article": article.pk,
                    "city_name": name,
                    "country": country,
                    "initiative": initiative,
                }
                for order, (name, country, initiative) in enumerate(rows)
            ]
            revision.save(update_fields=["content"])


def _raw(body):
    return list(body.raw_data)


def _block(name, country, initiative):
    value = {"name": name, "country": country or ""}
    if initiative:
        value = {"initiative": initiative, "extract": ""}
    return {
        "type": INITIATIVE if initiative else CITY,
        "value": value,
        "id": str(uuid.uuid4()),
    }


def _parted(blocks, names):
    """Return the blocks that an old article knows, and its mentions."""
    kept = [block for block in blocks if block["type"] == "text"]
    rows = []
    for block in blocks:
        value = block["value"]
        if block["type"] == CITY:
            rows.append((value["name"], value.get("country") or "", None))
        elif block["type"] == INITIATIVE and value.get("initiative") in names:
            rows.append((*names[value["initiative"]], value["initiative"]))
    return kept, rows


def _revisions(apps, article):
    Revision = apps.get_model("wagtailcore", "Revision")
    return Revision.objects.filter(
        object_id=str(article.pk), content_type_id=article.content_type_id
    )


class Migration(migrations.Migration):

    dependencies = [
        ("focus", "0003_co_publishers_and_their_approvals"),
        ("library", "0001_initial"),
    ]

    operations = [migrations.RunPython(into_blocks, into_mentions)]

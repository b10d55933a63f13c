"""The languages that content may be translated into; English is that of the originals."""

from django.conf import settings
from django.db import migrations


def plant(apps, schema_editor):
    locales = apps.get_model("wagtailcore", "Locale").objects.using(schema_editor.connection.alias)
    for code, _name in settings.LANGUAGES:
        locales.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    # Backwards nothing is taken away: pages may stand in these languages.
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]

"""Long files of initiatives are checked and brought in by the worker: what it was asked for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("foundation", "0005_mail_batch"),
        ("website", "0004_who_may_send_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_dry", models.BooleanField(verbose_name="only a check")),
                ("file_wins", models.BooleanField(default=False, verbose_name="the file's text is taken")),
                ("asked_by", models.CharField(max_length=200, verbose_name="asked by")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("task", models.UUIDField(blank=True, null=True, verbose_name="task")),
                ("rows_count", models.PositiveIntegerField(verbose_name="rows")),
                ("written_count", models.PositiveIntegerField(default=0, verbose_name="rows written")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("created", models.JSONField(default=list, verbose_name="new")),
                ("changed", models.JSONField(default=list, verbose_name="changed")),
                ("unchanged_count", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("cities_count", models.PositiveIntegerField(default=0, verbose_name="cities")),
                ("problems", models.JSONField(default=list, verbose_name="problems")),
                ("warnings", models.JSONField(default=list, verbose_name="to know")),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="import_runs", to="foundation.keptfile", verbose_name="file")),
            ],
            options={
                "verbose_name": "import run",
                "verbose_name_plural": "import runs",
                "ordering": ["-pk"],
            },
        ),
    ]

"""Let a Secretariat that is there already send the letters that wait for a person from now on."""

from django.db import migrations

HELD = ("foundation", "mailbatch", "release_batch")


def let(apps, _editor):
    app, model, codename = HELD
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    groups = apps.get_model("auth", "Group").objects.filter(name="Secretariat")
    if not groups:
        return
    # Django makes permissions after all migrations: here it is needed before.
    kind, _is_new = ContentType.objects.get_or_create(app_label=app, model=model)
    permission, _is_new = Permission.objects.get_or_create(
        content_type=kind,
        codename=codename,
        defaults={"name": "May send letters to many, or discard them"},
    )
    for group in groups:
        group.permissions.add(permission)


def take(apps, _editor):
    codename = HELD[2]
    Permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name="Secretariat"):
        group.permissions.remove(*Permission.objects.filter(codename=codename))


class Migration(migrations.Migration):

    dependencies = [
        ("website", "0003_standard_pages"),
        ("foundation", "0005_mail_batch"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let, take)]

from django.db import migrations

from laurels.library.addresses import free_city_address


def fill(apps, schema_editor):
    City = apps.get_model('library', 'City')
    taken = set()
    for city in City.objects.order_by('pk').iterator():
        city.slug = free_city_address(city.country_code, city.name, taken)
        taken.add(city.slug)
        city.save(update_fields=['slug'])


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_city_slug'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

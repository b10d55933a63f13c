from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0004_fill_city_slug'),
    ]

    operations = [
        migrations.AlterField(
            model_name='city',
            name='slug',
            field=models.SlugField(blank=True, editable=False, max_length=200, unique=True, verbose_name='address part'),
        ),
    ]

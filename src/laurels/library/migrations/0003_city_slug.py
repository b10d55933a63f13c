import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_case'),
    ]

    operations = [
        migrations.AddField(
            model_name='city',
            name='slug',
            field=models.SlugField(blank=True, editable=False, max_length=200, null=True, unique=True, verbose_name='address part'),
        ),
        migrations.CreateModel(
            name='FormerCityAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=200, unique=True, verbose_name='address part')),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='library.city', verbose_name='city')),
            ],
            options={
                'verbose_name': 'former address of a city',
                'verbose_name_plural': 'former addresses of cities',
            },
        ),
    ]

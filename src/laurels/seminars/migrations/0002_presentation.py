import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0001_initial'),
        ('seminars', '0001_initial'),
    ]

    operations = [
        migrations.RenameModel(old_name='SeminarCity', new_name='Presentation'),
        migrations.AlterModelOptions(
            name='presentation',
            options={'ordering': ['order'], 'verbose_name': 'presentation', 'verbose_name_plural': 'presentations'},
        ),
        migrations.AlterField(
            model_name='presentation',
            name='seminar',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='presentations', to='seminars.seminar'),
        ),
        migrations.AlterField(
            model_name='presentation',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presentations', to='library.initiativepage', verbose_name='initiative'),
        ),
        migrations.AddField(
            model_name='presentation',
            name='speakers',
            field=models.CharField(blank=True, max_length=500, verbose_name='speakers'),
        ),
        migrations.AddField(
            model_name='presentation',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes'),
        ),
        migrations.RenameField(model_name='seminar', old_name='moderators', new_name='announced_moderators'),
    ]

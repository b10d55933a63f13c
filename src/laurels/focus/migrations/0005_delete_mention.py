from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('focus', '0004_mentions_become_blocks'),
    ]

    operations = [
        migrations.DeleteModel(
            name='FocusMention',
        ),
    ]

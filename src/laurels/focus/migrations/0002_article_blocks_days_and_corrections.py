import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models

import laurels.focus.days


class Migration(migrations.Migration):

    dependencies = [
        ('focus', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='focusarticlepage',
            name='published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='first published'),
        ),
        migrations.AlterField(
            model_name='focusarticlepage',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('initiative', 3), ('figures', 8), ('picture', 13), ('quote', 17), ('city', 20)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Text'}), 1: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Initiative', 'page_type': ['library.InitiativePage'], 'required': False}), 2: ('wagtail.blocks.TextBlock', (), {'help_text': 'Left empty, the summary of the case is shown as it stands there.', 'label': 'Other extract', 'max_length': 600, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('initiative', 1), ('extract', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Figure', 'max_length': 20}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 160}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200}), 7: ('wagtail.blocks.StructBlock', [[('figure', 4), ('meaning', 5), ('source', 6)]], {}), 8: ('wagtail.blocks.ListBlock', (7,), {'icon': 'order', 'label': 'Figures', 'max_num': 3, 'min_num': 1, 'template': 'focus/blocks/figures.html'}), 9: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture'}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows, for those who do not see it', 'max_length': 250, 'required': False}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 250, 'required': False}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Credit', 'max_length': 160}), 13: ('wagtail.blocks.StructBlock', [[('image', 9), ('description', 10), ('caption', 11), ('credit', 12)]], {}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Words', 'max_length': 600}), 15: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 160}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'Where', 'max_length': 250, 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('words', 14), ('speaker', 15), ('source', 16)]], {}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'City', 'max_length': 120}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Country', 'max_length': 120, 'required': False}), 20: ('wagtail.blocks.StructBlock', [[('name', 18), ('country', 19)]], {})}, verbose_name='text'),
        ),
        migrations.AlterField(
            model_name='focusarticlepage',
            name='international_day',
            field=models.CharField(blank=True, max_length=60, validators=[laurels.focus.days.validate_day], verbose_name='international day'),
        ),
        migrations.AlterField(
            model_name='focusarticlepage',
            name='published_on',
            field=models.DateField(blank=True, help_text='Only for an article that was published elsewhere before.', null=True, verbose_name='published on'),
        ),
        migrations.CreateModel(
            name='FocusCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('corrected_on', models.DateField(verbose_name='day')),
                ('note', models.CharField(max_length=500, verbose_name='what was corrected')),
                ('article', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='focus.focusarticlepage')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['-corrected_on', '-pk'],
            },
        ),
    ]

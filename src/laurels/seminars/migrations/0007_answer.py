import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0005_city_slug_required'),
        ('seminars', '0006_feedback'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='answer')),
                ('language', models.CharField(max_length=16, verbose_name='language')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='library.initiativepage', verbose_name='answered by')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='seminars.question', verbose_name='question')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['question', 'written_at', 'pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('question', 'initiative'), name='answer_is_one_per_question_and_city'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='answer_says_something'),
                    models.CheckConstraint(condition=models.Q(('language', ''), _negated=True), name='answer_names_its_language'),
                    models.CheckConstraint(condition=models.Q(('changed_at', None), ('changed_at__gte', models.F('written_at')), _connector='OR'), name='answer_changes_after_it_is_written'),
                ],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='is_answered_live',
            field=models.BooleanField(default=False, verbose_name='answered live'),
        ),
        migrations.AlterField(
            model_name='question',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='answered'),
        ),
        migrations.AlterField(
            model_name='question',
            name='initiative',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='library.initiativepage', verbose_name='to'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seminars', '0008_answers_become_rows'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='question', name='question_answered_is_dated'),
        migrations.RemoveConstraint(model_name='question', name='question_answer_has_language_and_date'),
        migrations.RemoveField(model_name='question', name='answer'),
        migrations.RemoveField(model_name='question', name='answer_language'),
        migrations.RemoveField(model_name='question', name='answer_written_at'),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='question_answered_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('answered_second', None), models.Q(('answered_at__isnull', False), ('is_answered_live', True)), _connector='OR'), name='question_minute_is_of_a_live_answer'),
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('focus', '0002_article_blocks_days_and_corrections'),
        ('partners', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='focusarticlepage',
            name='co_publishers',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Nothing is published before each of them has approved that very version.', related_name='articles', to='partners.partner', verbose_name='co-publishers'),
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_digest', models.CharField(max_length=64, verbose_name='digest of the content')),
                ('answer', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('approved', 'Approved'), ('refused', 'Refused')], default='waiting', max_length=20, verbose_name='answer')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('answered_by', models.CharField(blank=True, max_length=200, verbose_name='answered by')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='focus.focusarticlepage')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='partners.partner')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'approval',
                'verbose_name_plural': 'approvals',
                'ordering': ['-asked_at', 'partner__short_name'],
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'signatory',
                'verbose_name_plural': 'signatories',
                'ordering': ['partner__short_name', 'name'],
            },
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(fields=('revision', 'content_digest', 'partner'), name='approval_is_one_per_version_and_partner'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='approval_refused_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'waiting'), ('answered_at', None), ('answered_by', '')), models.Q(models.Q(('answer', 'waiting'), _negated=True), ('answered_at__isnull', False), models.Q(('answered_by', ''), _negated=True)), _connector='OR'), name='approval_answered_has_time_and_name'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('partner'), name='signatory_is_one_per_partner_and_address'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='BoxWords',
            fields=[
                ('hashed', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('entry', models.UUIDField()),
                ('sort', models.CharField(max_length=8)),
                ('proof', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'mailbox_words',
                'indexes': [models.Index(fields=['entry'], name='mailbox_words_entry')],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('user', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'case_calendar',
            },
        ),
    ]

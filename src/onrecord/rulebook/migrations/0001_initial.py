"""The table of kept editions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables of the rulebook."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
        ),
    ]

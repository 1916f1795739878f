from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0004_words_in_other_languages")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="without_outcome",
            field=models.CharField(
                blank=True,
                choices=[("find_out", "Terug naar verkennen"), ("withdrawn", "Gestopt door de initiatiefnemers")],
                default="",
                max_length=10,
            ),
        ),
    ]

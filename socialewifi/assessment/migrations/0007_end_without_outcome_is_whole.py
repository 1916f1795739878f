from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0006_weighings_that_were_stopped")]

    operations = [
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("returned_at", None), ("without_outcome", ""))
                | models.Q(models.Q(("without_outcome", ""), _negated=True), ("returned_at__isnull", False)),
                name="assessment_end_without_outcome_is_whole",
            ),
        ),
    ]

from django.db import migrations, models
from django.db.models import F, Q

# As the former constraint had them; from now on the region's files bring what each room says.
BOUNDS = {
    "contact-term": (1, 60),
    "exploration-term": (1, 260),
    "assessment-term": (1, 260),
    "panel-quorum": (2, 50),
    "panel-term": (1, 90),
    "ambassador-term": (1, 130),
    "check-in-interval": (1, 36),
    "link-validity": (1, 365),
    "letter-code-validity": (1, 730),
    "join-term": (1, 130),
    "draft-retention": (1, 365),
}


def fill_in(apps, _schema_editor):
    for code, (least, most) in BOUNDS.items():
        apps.get_model("governance", "Agreement").objects.filter(code=code).update(least=least, most=most)


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_numbers_within_bounds")]

    operations = [
        migrations.AddField("agreement", "least", models.PositiveIntegerField(default=1)),
        migrations.AddField("agreement", "most", models.PositiveIntegerField(default=100000)),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.RemoveConstraint("agreement", "governance_agreement_number_within_bounds"),
        migrations.AddConstraint(
            "agreement",
            models.CheckConstraint(
                name="governance_agreement_number_within_bounds",
                condition=Q(value=None) | Q(value__gte=F("least"), value__lte=F("most")),
            ),
        ),
    ]

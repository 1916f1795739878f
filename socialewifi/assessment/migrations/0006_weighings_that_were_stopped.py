from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STOPPED = "De initiatiefnemers stopten tijdens de weging."


def close_what_was_stopped(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    """Say of each weighing without an outcome how it ended, and close those of which the initiators stopped."""
    assessments = apps.get_model("assessment", "Assessment").objects
    ended = assessments.exclude(returned_at=None).filter(without_outcome="")
    ended.filter(returned_because=STOPPED).update(without_outcome="withdrawn")
    ended.exclude(returned_because=STOPPED).update(without_outcome="find_out")
    left = assessments.filter(concluded_at=None, returned_at=None).exclude(initiative__step="assessing")
    for assessment in left.select_related("initiative"):
        assessment.returned_at = assessment.initiative.step_since
        assessment.without_outcome, assessment.returned_because = "withdrawn", STOPPED
        assessment.save(update_fields=["returned_at", "without_outcome", "returned_because"])


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_without_outcome"), ("initiatives", "0004_words_in_other_languages")]

    operations = [migrations.RunPython(close_what_was_stopped, migrations.RunPython.noop)]

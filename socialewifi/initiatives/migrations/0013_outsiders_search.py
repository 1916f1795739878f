"""Who reads no contact details, searches in what they read: the words without them are kept beside the plan (R15)."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import Q

from socialewifi.core.redaction import without_a_trace

WORDS = ("idea", "audience", "needs")
AT_A_TIME = 500


def fill(apps, schema_editor):
    """Keep of each plan what an outsider reads."""
    initiatives = apps.get_model("initiatives", "Initiative").objects.using(schema_editor.connection.alias)
    with schema_editor.connection.cursor() as cursor:
        # What is checked at the end of a deed is checked now: the table cannot be altered while that waits.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for one in initiatives.only("title", *WORDS).order_by("pk").iterator(AT_A_TIME):
        words = "\n".join(without_a_trace(getattr(one, name)) for name in WORDS)
        initiatives.filter(pk=one.pk).update(outside_title=without_a_trace(one.title)[:120], outside_words=words)


def _searched(*parts):
    vectors = [
        django.contrib.postgres.search.SearchVector(name, config="dutch", weight=weight) for name, weight in parts
    ]
    return models.GeneratedField(
        db_persist=True,
        expression=django.contrib.postgres.search.CombinedSearchVector(
            vectors[0], "||", vectors[1], django.contrib.postgres.search.SearchConfig("dutch")
        ),
        output_field=django.contrib.postgres.search.SearchVectorField(),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0012_what_a_call_asks"),
    ]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="outside_title",
            field=models.CharField(default="", editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name="initiative",
            name="outside_words",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="initiative", name="initiative_public_search"),
        migrations.RemoveField(model_name="initiative", name="public_search"),
        migrations.AddField(
            model_name="initiative",
            name="public_search",
            field=_searched(("outside_title", "A"), ("public_text", "B")),
        ),
        migrations.AddField(
            model_name="initiative",
            name="outside_search",
            field=_searched(("outside_title", "A"), ("outside_words", "B")),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["public_search"], condition=Q(published_at__isnull=False), name="initiative_public_search"
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["outside_search"], name="initiative_outside_search"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["outside_title"], name="initiative_outside_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]

"""Finding a title that was typed with a mistake, or in part: Dutch joins words that full-text search does not part."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction

from socialewifi.initiatives.models import InitiativeQuerySet

LIKENESS = "0.4"
AT_MOST = 12


@transaction.atomic
def closest_titles(rows: InitiativeQuerySet, words: str, *, in_field: str) -> list[int]:
    """Return the keys of the rows whose title looks most like these words, as it is read whole or by outsiders."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [LIKENESS])
    similar = rows.filter(**{f"{in_field}__trigram_word_similar": words})
    closest = similar.order_by(TrigramWordSimilarity(words, in_field).desc(), "-id")
    return list(closest.values_list("pk", flat=True)[:AT_MOST])

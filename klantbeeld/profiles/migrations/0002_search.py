"""The full-text index, in each database's own way (see `profiles.search`)."""

from django.db import migrations

# The words are folded before they come here; the marks of `profiles.words` are part of a word.
FTS5 = """
CREATE VIRTUAL TABLE profiles_search USING fts5(
    words, detail=none, columnsize=0, prefix='1 2 3 4',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '@%+~#._-'"
)
"""
POSTGRESQL = (
    "CREATE TABLE profiles_search (customer_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX profiles_search_words ON profiles_search USING gin (words)"
    " WITH (fastupdate = off)",
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
    else:
        schema_editor.execute(FTS5)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE profiles_search")


class Migration(migrations.Migration):

    dependencies = [
        ("profiles", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]

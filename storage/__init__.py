"""What is remembered: tables, queries, migrations. Functions take the session first and never commit."""

"""A thread or a run becomes a brief, each statement of which leads back to its sources; never inside a transaction."""

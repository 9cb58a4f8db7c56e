"""Use cases: one function, one short transaction, `now` is an argument."""

"""A language model at an address of one's own choosing writes the brief; what it answers goes through `checks`."""

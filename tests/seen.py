"""What a person sees within some seconds, by words."""

from collections.abc import Callable

from sandbox.client import eventually, texts
from sandbox.state import Json


def find(look: Callable[[], list[Json]], *words: str) -> Json:
    """The newest message with all these words, once it is there."""

    def search() -> Json | None:
        said = [message for message in look() if all(word in " ".join(texts(message)) for word in words)]
        return said[-1] if said else None

    found = eventually(search)
    assert found, f"No message says {words}: {[texts(message) for message in look()]}"
    return found

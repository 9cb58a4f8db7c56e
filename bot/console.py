"""What the command line prints."""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command line speaks here

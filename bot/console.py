"""What the command line prints."""

INTERRUPTED = 130
"""The exit code that a shell expects of a program that Ctrl-C ended."""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command line speaks here

"""What somebody answered in a check-in, for themselves."""

from dataclasses import dataclass

from domain.runs import Prompt, Response, Run


@dataclass(frozen=True)
class OwnAnswers:
    run: Run
    prompt: Prompt
    response: Response
    lines: tuple[tuple[str, str], ...]
    """Each question they answered, and the answer as people read it."""

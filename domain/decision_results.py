"""What came of a decision, as somebody says who looks at it again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Result:
    """As it was last said."""

    result: str
    measured: str
    learned: str
    by: str
    at: datetime

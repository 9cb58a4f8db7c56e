"""Files, from the first word of an upload to their last share."""

from dataclasses import dataclass, field


@dataclass
class File:
    """`user` uploaded it; nobody else sees it until it is shared. It has no type and no shares until it is ready."""

    id: str
    name: str
    user: str
    created: int
    content: bytes = b""
    title: str = ""
    alt_txt: str = ""
    from_app: bool = False
    mimetype: str = ""
    length: int = 0
    """In bytes, as whoever uploads it said before."""
    ticket: str = ""
    """Where its content may be sent, once."""
    is_complete: bool = False
    is_ready: bool = False
    is_deleted: bool = False
    is_submitted: bool = False
    """Whether it was sent to the app in a form, which lets the app see it."""
    shares: dict[str, list[str]] = field(default_factory=dict)
    """The ts of the messages it is in, by conversation."""

    @property
    def is_image(self) -> bool:
        return self.is_ready and self.mimetype.startswith("image/")

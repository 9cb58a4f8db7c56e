"""Texts that people type and that must neither break a message nor do anything in it."""

TEXTS = [
    "x",
    "-",
    "a" * 150,
    "word " * 600,
    "&" * 3000,
    "<!channel> <!everyone> <@U123> <https://example.com|here>",
    "*bold* _it_ ~gone~ `code`\n> quote\n```block",
    "😀" * 140,
    "שלום עולם، مرحبا بالعالم",
    "a\u0000b\u202ec\r\nd",
]

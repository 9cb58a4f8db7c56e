"""Numbers of measures as people and programs write them: "1,234.5", "1.234,5", "12 480"."""

import re
from decimal import Decimal

DIGITS = 12
"""So many a number keeps exactly, whatever it goes through."""
SPACES = "\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}"
GAP = "\N{NARROW NO-BREAK SPACE}"
_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?|[+-]?[.,][0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_SPACED = re.compile(rf"[+-]?[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")
_SCIENTIFIC = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")


def read_number(text: str) -> float:
    """Raises ValueError with a sentence."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if not typed:
        raise ValueError("the value is missing; write a number, such as 12.5.")
    if _SCIENTIFIC.fullmatch(typed):
        raise ValueError(f"{text.strip()} is written with an exponent; write the number out, such as 0.0012.")
    number = Decimal(_dotted(typed))
    digits = len(number.normalize().as_tuple().digits)
    if digits > DIGITS or abs(number) >= Decimal(10) ** DIGITS:
        raise ValueError(f"{text.strip()} has more than {DIGITS} digits; please round it, or choose a larger unit.")
    return float(number) or 0.0


def _dotted(typed: str) -> str:
    """With a point, and nothing between its thousands."""
    if _SPACED.fullmatch(typed):
        return re.sub(f"[{SPACES}]", "", typed).replace(",", ".")
    grouped = _GROUPED.fullmatch(typed)
    if grouped and len(re.findall("[.,]", typed)) > 1:
        return typed.replace(grouped[1], "").replace(",", ".")
    if grouped and grouped[1] == "," and not typed.lstrip("+-").startswith("0"):
        plain = typed.replace(",", "")
        raise ValueError(f"{typed} may be {plain} or {typed.replace(',', '.')}; write one of these.")
    if _PLAIN.fullmatch(typed):
        return typed.replace(",", ".")
    raise ValueError(f"“{typed[:40]}” is no plain number; write it alone, such as 1234.5, without a unit.")


def number_text(value: float) -> str:
    """As it is read again: "12 480.5", with the thousands apart from five digits on."""
    found = plain_text(value)
    whole, point, rest = found.partition(".")
    return (f"{int(whole):,}".replace(",", GAP) if len(whole.lstrip("-")) > 4 else whole) + point + rest  # noqa: PLR2004 - four digits read well as they are


def plain_text(value: float) -> str:
    """For tables: without exponent and without needless noughts."""
    # What is worked out, such as a median, ends in digits that nobody has counted.
    found = f"{Decimal(f'{value:.{DIGITS}g}'):f}"
    return found.rstrip("0").rstrip(".") if "." in found else found

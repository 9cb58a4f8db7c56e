"""Reading a region as somebody writes it."""

from domain import regions
from domain.library import closest
from domain.words import joined, quoted

EXAMPLES = "a country or a part of one, for example DE, DE-BY or US-CA"
CODE = 3
"""Letters of the longest code of a country."""
SHOWN = 3


def read_region(text: str) -> str:
    """`de-by`, `DE-Bayern` and `Germany` as `DE-BY` and `DE`. Raises ValueError with a sentence."""
    names = regions.names()
    whole = " ".join(text.casefold().replace("-", " ").split())
    if whole in names:
        return names[whole]
    country, _, part = (piece.strip() for piece in text.partition("-"))
    code = names.get(country.casefold())
    if code is None:
        close = [f"{names[name]} for {name.title()}" for name in closest(country.casefold(), names) if len(name) > CODE]
        hint = f" Did you mean {' or '.join(close)}?" if close else ""
        raise ValueError(f"{quoted(text)} is no region Muster knows; write {EXAMPLES}.{hint}")
    return f"{code}-{_read_part(code, part)}" if part else code


def _read_part(country: str, text: str) -> str:
    known = regions.parts(country)
    by_name = {name.casefold(): code for name, code in known.items()}
    by_name |= {code.casefold(): code for code in known.values()}
    if found := by_name.get(text.casefold()):
        return found
    if not known:
        raise ValueError(f"{country} has no parts with holidays of their own; write {country} alone.")
    close = closest(text.casefold(), by_name)
    codes = list(dict.fromkeys([by_name[name] for name in close] or known.values()))[:SHOWN]
    hint = joined([f"{country}-{code}" for code in codes])
    raise ValueError(f"{quoted(text)} is no part of {country}; write for example {hint}, or {country} alone.")

"""What `muster doctor` says of the language model: whether one is set up, and with `--llm` what it can do."""

from collections.abc import Iterator

from bot.findings import Finding
from bot.settings import Settings
from domain.briefs import WhyNot
from domain.clock import machine_chance, machine_now

WHAT = "language model"
MEND = {
    WhyNot.NOT_SET_UP: "Check MUSTER_LLM_API_KEY if it says 401 or 403, else the address, what is in "
    "MUSTER_LLM_EXTRA_BODY, and MUSTER_LLM_CA_FILE.",
    WhyNot.NO_ANSWER: "Check MUSTER_LLM_BASE_URL, and that the server runs.",
    WhyNot.TOO_SLOW: "Set MUSTER_LLM_DEADLINE higher, or take a faster model.",
    WhyNot.BUSY: "Try again later.",
    WhyNot.NO_CREDIT: "Top up the account.",
    WhyNot.NO_SUCH_MODEL: "Check MUSTER_LLM_MODEL, and the end of MUSTER_LLM_BASE_URL: most servers want /v1.",
    WhyNot.TOO_LONG: "It reads less than MUSTER_LLM_CONTEXT_TOKENS says: raise the server's limit, or lower that one.",
    WhyNot.NOT_FINISHED: "Set MUSTER_LLM_OUTPUT_TOKENS higher, and switch thinking off.",
    WhyNot.NOT_USABLE: "Try MUSTER_LLM_FORMAT=json_object, or another model.",
    WhyNot.OFF_THREAD: "What it says is not in the thread: take another model.",
    WhyNot.DECLINED: "It declines to summarise a talk about lunch: take another model.",
}


def language_model(settings: Settings) -> Iterator[Finding]:
    if settings.model is None:
        yield Finding(WHAT, "none is set up; briefs are drawn up by rules")
    else:
        name = settings.model.endpoint.name
        yield Finding(WHAT, f"{name} is set up; `muster doctor --llm` tries it")


def tried(settings: Settings) -> Iterator[Finding]:
    """Sends one thread that nobody wrote; takes up to the deadline."""
    if settings.model is None:
        yield from language_model(settings)
        return
    from briefs.endpoint.probing import probe

    endpoint = settings.model.endpoint
    found = probe(endpoint, machine_now, machine_chance())
    if found.why_not:
        detail = f" ({found.detail})" if found.detail else ""
        yield Finding(WHAT, f"{endpoint.name}: {found.why_not}{detail}", MEND[found.why_not])
        return
    usage = "says" if found.tells_usage else "does not say"
    yield Finding(
        WHAT,
        f"{endpoint.name} wrote a brief in {found.seconds:.0f} s: format {found.format}, limit {found.token_limit}, "
        f"read to both ends, {usage} how much it used, {found.of - found.failed} of {found.of} statements are of the "
        "thread",
    )

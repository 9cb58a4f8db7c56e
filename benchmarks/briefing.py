"""`python -m benchmarks.briefing`: how good the automatic extract is on the marked threads.

It reads the half that the extract was tuned on; `--held-out` reads the other, which is for the docs.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence

from benchmarks.annotated import HALVES, VOTES, Annotated, Item, load_half
from benchmarks.baselines import BASELINES, Ranking, candidates
from benchmarks.measures import Found, StatusScore, call, coverage, difference, found_at, found_by_chance, status_score
from briefs import ranking
from briefs.extractive import draft
from domain.briefs import Status

FIRST = (1, 3, 5)
OURS = "the extract"
EXTRACT: Mapping[str, Ranking] = {"decisions": ranking.decisions, "actions": ranking.action_items}
Items = Callable[[Annotated], tuple[Item, ...]]


def decisions(found: Annotated) -> tuple[Item, ...]:
    """Only what was decided: a thread without a decision has none to find."""
    return found.marks.decisions if found.marks.status == Status.DECIDED else ()


def action_items(found: Annotated) -> tuple[Item, ...]:
    return tuple(task.messages for task in found.marks.action_items)


MEASURED: Mapping[str, Items] = {"decisions": decisions, "actions": action_items}


def main(given: Sequence[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(description="Measure the automatic extract of threads.")
    arguments.add_argument("--held-out", action="store_true", help="the half that nobody looked at while tuning")
    half = HALVES[arguments.parse_args(given).held_out]
    threads = load_half(half)
    print(f"{half}: {len(threads)} threads, {sum(len(found.thread.messages) for found in threads)} messages\n")
    for what, items in MEASURED.items():
        print(_table(what, threads, items))
    print(_status(status_score([call(draft(found.thread), found.marks) for found in threads])))


def _table(what: str, threads: Sequence[Annotated], items: Items) -> str:
    rows = {"random": [_by_chance(threads, items, k) for k in FIRST]}
    for name, way in BASELINES.items():
        rows[name] = measured(threads, way, items)
    lines = [f"| {what} ({sum(len(items(found)) for found in threads)}) | " + " | ".join(f"@{k}" for k in FIRST) + " |"]
    lines.append("| --- " * (1 + len(FIRST)) + "|")
    best = [max(rows, key=lambda name: coverage(rows[name][place])) for place in range(len(FIRST))]
    ours = rows[OURS] = measured(threads, EXTRACT[what], items)
    lines += [f"| {name} | " + " | ".join(f"{coverage(each):.2f}" for each in row) + " |" for name, row in rows.items()]
    against = [f"{best[n]} {_interval(*difference(ours[n], rows[best[n]][n]))}" for n in range(len(FIRST))]
    lines.append("| more than the best of the others | " + " | ".join(against) + " |")
    lines += ["", _by_votes(threads, ours, what)]
    return "\n".join(lines) + "\n"


def measured(threads: Sequence[Annotated], way: Ranking, items: Items) -> list[list[Found]]:
    """For each k, what it finds in each thread."""
    ranked = [(way(found.thread), items(found)) for found in threads]
    return [[found_at(k, order, wanted) for order, wanted in ranked] for k in FIRST]


def _by_chance(threads: Sequence[Annotated], items: Items, k: int) -> list[Found]:
    return [found_by_chance(k, len(candidates(found.thread)), items(found)) for found in threads]


def _interval(more: float, low: float, high: float) -> str:
    return f"{more:+.2f} [{low:+.2f}, {high:+.2f}]"


def _by_votes(threads: Sequence[Annotated], ours: Sequence[Sequence[Found]], what: str) -> str:
    """People vote with reactions in some threads, with words in others."""
    lines = []
    for votes in VOTES:
        places = [place for place, found in enumerate(threads) if found.votes == votes]
        shares = " ".join(f"{coverage(row[place] for place in places):.2f}" for row in ours)
        lines.append(f"votes {votes}: {what} {shares} ({sum(ours[0][place].of for place in places)})")
    return "\n".join(lines)


def _status(score: StatusScore) -> str:
    return (
        f"decided: precision {score.precision:.2f}, recall {score.recall:.2f}, F1 {score.f1:.2f}\n"
        f"undecided threads called decided: {score.undecided_called} of {score.undecided}\n"
        f"failed proposals called the decision: {score.failed_called} of {score.failed}\n"
        f"rightly called decided with the right message first: {score.cited} of {score.right}"
    )


if __name__ == "__main__":
    main()

"""Who took part in a run, prompt by prompt and as slowly as the rules read: the database must count the same."""

from collections.abc import Collection, Iterable

from domain.engagement import RunCount, Tally
from domain.runs import Missed, Prompt, PromptState, Run, counted, unreached


def one_by_one(run: Run, prompts: Iterable[Prompt], late: Collection[int] = ()) -> RunCount:
    """`late` are the ids of the prompts that were answered late."""
    asked = [each for each in prompts if each.run_id == run.id]
    functions = sorted({each.function or "" for each in asked})
    return RunCount(
        run.id,
        run.ritual_id,
        run.channel_id,
        run.template.title,
        run.opened_at,
        run.closed_at,
        run.template.anonymous or 0,
        tuple(_of(run, name, [each for each in asked if (each.function or "") == name], late) for name in functions),
    )


def _of(run: Run, function: str, asked: list[Prompt], late: Collection[int]) -> Tally:
    counting = counted(run, asked)
    answered = [each for each in counting if each.state is PromptState.ANSWERED]
    return Tally(
        function,
        asked=len(counting),
        answered=len(answered),
        late=sum(each.id in late for each in answered),
        unreached=sum(unreached(each) not in (None, Missed.STOPPED) for each in asked),
        stopped=sum(each.missed is Missed.STOPPED for each in asked),
        down=sum(each.missed is Missed.DOWN for each in counting),
    )

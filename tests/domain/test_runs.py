"""The states of a prompt."""

from domain.runs import MOVES, PromptState


def test_an_answer_ends_every_state_but_an_answer() -> None:
    open_to_answers = {state for state, after in MOVES.items() if PromptState.ANSWERED in after}
    assert open_to_answers == set(PromptState) - {PromptState.ANSWERED}

"""What a person does with a whole form: send it, or close it."""

from sandbox.delivery import interactions
from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.endpoints import diary
from sandbox.endpoints.places import entered_now, interactive_actor, top_modal
from sandbox.endpoints.reads import actor
from sandbox.errors import PageError, SlackError
from sandbox.state import Json, Person
from sandbox.views import modals
from sandbox.views.forms import Form
from sandbox.views.stacks import View
from sandbox.views.submissions import apply_answer
from sandbox.world import World

TROUBLE = "We had some trouble connecting. Try again?"


@diary.kept("submitted", diary.submission)
async def submit(world: World, fields: Json) -> Json:
    person = interactive_actor(world, fields)
    view = top_modal(world, person, fields["view_id"])
    if view.is_busy:
        raise PageError("busy")
    if "submit" not in view.content:
        raise PageError("no_submit")
    form = Form.of_view(world, person, view)
    view.typed = form.entered(entered_now(fields), view.typed)
    if marked := form.mistakes(view.typed):
        modals.mark(world, view, errors=marked)
        raise PageError("invalid", errors=marked)
    await _send(world, person, view, form)
    if view.errors:
        raise PageError("invalid", errors=view.errors)
    return {}


async def _send(world: World, person: Person, view: View, form: Form) -> None:
    """Wait for the app's answer. If it comes too late, the form stays as it is and says so."""
    form.hand_over_files(view.typed)
    values, answerable = form.state(view.typed), form.answerable(view.typed)
    payload = interactions.submission(world, person, view, values, answerable=answerable)
    modals.mark(world, view)
    view.is_busy = True
    try:
        answer = await world.deliveries.ask("view_submission", "interactive", payload, wants_answer=True)
        apply_answer(world, view, answer)
    except (NotAcknowledged, SlackError) as missed:
        modals.mark(world, view, notice=TROUBLE)
        raise PageError("timeout" if isinstance(missed, NotAcknowledged) else "invalid_answer") from None
    finally:
        view.is_busy = False


@diary.kept("closed", diary.closing)
async def close(world: World, fields: Json) -> Json:
    """Cancel the form on top, or with `all` the whole stack, as the X does."""
    person = actor(world, fields)
    view = top_modal(world, person, fields["view_id"])
    stack = world.views.stack(person.id)
    whole = bool(fields.get("all") or view.content.get("clear_on_close"))
    told = stack[0] if fields.get("all") else view
    modals.close(world, view, whole_stack=whole)
    if told.content.get("notify_on_close"):
        payload = interactions.closed(world, person, told, is_cleared=whole)
        await _mention(world, payload)
    return {}


async def _mention(world: World, payload: Json) -> None:
    """The person is gone; if the app does not confirm, nobody is told."""
    try:
        await world.deliveries.ask("view_closed", "interactive", payload)
    except NotAcknowledged:
        return

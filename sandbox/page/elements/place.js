import { state } from "../state.js";
import { choose, press } from "../surface.js";

/**
 * Where an element stands.
 * @typedef {{surface: import("../surface.js").Surface, block: any, attrs: Record<string, any>}} Place
 * `attrs` carry the accessible name, and in input blocks the hint, the error and whether a value is required.
 */

/** What a control is called when the page is drawn anew and focus goes to its heir. */
export const focusName = ({ surface, block }, element) => `${surface.key}/${block.block_id}/${element.action_id}`;

/** Some buttons are for some people only. */
export const visibleTo = ({ visible_to_user_ids: people }) => !people || people.includes(state.as);

/** Whether the app hears of a value as soon as it is chosen. */
export const tellsAtOnce = ({ block }) => block.type !== "input" || Boolean(block.dispatch_action);

/** Notes or sends a chosen value; if the person takes it back, the control shows the old one again. */
export async function chosen(element, { surface, block }, value, control, show) {
  const kept = await choose(surface, block, element, value, control);
  if (!kept) show(surface.form.get(block, element));
}

const PAUSE = 300;

/** Whether the form is gone or on its way, with all that stands in it: there is nothing more to tell. */
const isLeft = (control) => !control.isConnected || Boolean(control.closest('form[aria-busy="true"]'));

/**
 * Tells the app what is typed into `control` on Enter, or after every few characters, as the element asks. Without
 * `dispatch_action` it hears nothing before the form is sent.
 * @param {() => any} read what stands in the control now
 */
export function dispatching(control, element, place, read) {
  if (!tellsAtOnce(place)) return;
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => press(place.surface, place.block, element, read(), control);
  if (on.includes("on_enter_pressed")) {
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
  }
  let pause;
  if (on.includes("on_character_entered")) {
    control.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => isLeft(control) || send(), PAUSE);
    });
  }
}

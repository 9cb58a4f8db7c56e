import { post } from "./api.js";
import { confirmed } from "./confirm.js";
import { draft, keepDraft } from "./drafts.js";
import { Form } from "./forms.js";
import { refresh } from "./live.js";
import { state } from "./state.js";
import { complain } from "./toast.js";

/**
 * Where blocks are shown: one message, modal or Home of one actor. It lives as long as the page.
 * @typedef {{
 *   key: string, container: object, channel: string|null, form: Form,
 *   seen: Map<string, any>, names: Map<string, string>,
 * }} Surface `seen` is what the person folded, sorted or turned to; `names` are those of values that the app offered
 */

/** @type {Map<string, Surface>} */
const surfaces = new Map();

/** @returns {Surface} */
function surfaceOf(id, container, channel) {
  const key = `${state.as}/${id}`;
  if (!surfaces.has(key)) {
    const form = new Form(draft(key) ?? []);
    surfaces.set(key, { key, container, channel, form, seen: new Map(), names: new Map(draft(namesKey(key)) ?? []) });
  }
  return surfaces.get(key);
}

const namesKey = (key) => `${key}/names`;

/** Keeps what the app calls a value, for when it is shown again. */
export function nameValue(surface, value, name) {
  surface.names.set(value, name);
  keepDraft(namesKey(surface.key), [...surface.names]);
}

export function messageSurface(channel, ts) {
  return surfaceOf(`${channel}/${ts}`, { type: "message", channel, ts }, channel);
}

/** @param {string|null} channel where its reader was when it was opened */
export const viewSurface = (viewId, channel = null) => surfaceOf(viewId, { type: "view", view_id: viewId }, channel);

/** Forgets what was typed into a view that is closed. */
export function forget(surface) {
  keepDraft(surface.key, null);
  keepDraft(namesKey(surface.key), null);
  surfaces.delete(surface.key);
}

/** Notes a value without telling the app: Slack tells it nothing before a click or a submit. */
export function note(surface, block, element, value) {
  surface.form.set(block, element, value);
  keepDraft(surface.key, [...surface.form.fields]);
}

/** A value was chosen: notes it and, where the element dispatches, tells the app. False if it was taken back. */
export async function choose(surface, block, element, value, control) {
  if (block.type === "input" && !block.dispatch_action) {
    note(surface, block, element, value);
    return true;
  }
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  note(surface, block, element, value);
  await act(surface, block, element, value, control);
  return true;
}

/** A press of something that holds no value. */
export async function press(surface, block, element, value, control) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  await act(surface, block, element, value, control);
}

async function act(surface, block, element, value, control) {
  control.setAttribute("aria-busy", "true");
  const where = { container: surface.container, block_id: block.block_id, action_id: element.action_id };
  const answer = await post("action", { ...where, value, confirmed: true, state: surface.form.state() });
  control.removeAttribute("aria-busy");
  if (!answer.ok) complain(answer);
  refresh("modals");
}

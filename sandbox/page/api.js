import { state } from "./state.js";

/** The sandbox gave no answer at all (stopped, restarted, or the network of this machine is down). */
export class Unreachable extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`page/${path}`, options);
  } catch (cause) {
    throw new Unreachable("The sandbox does not answer.", { cause });
  }
  if (!response.ok) throw new Unreachable(`The sandbox answered ${response.status}.`);
  return response.json();
}

/** Reads something as the actor sees it. */
export function get(path, query = {}) {
  const search = new URLSearchParams({ as: state.as, ...query });
  return call(`${path}?${search}`, { headers: { accept: "application/json" } });
}

/** Does something as the actor; answers {ok: false, error} rather than failing. */
export async function post(path, body = {}) {
  const options = { method: "POST", headers: { "content-type": "application/json" } };
  try {
    return await call(path, { ...options, body: JSON.stringify({ as: state.as, ...body }) });
  } catch (error) {
    if (error instanceof Unreachable) return { ok: false, error: "unreachable" };
    throw error;
  }
}

/** Sends a file as the actor; answers {ok, file} or {ok: false, error}. */
export async function upload(file) {
  const search = new URLSearchParams({ as: state.as, name: file.name });
  const headers = { "content-type": file.type || "application/octet-stream" };
  try {
    return await call(`upload?${search}`, { method: "POST", headers, body: file });
  } catch (error) {
    if (error instanceof Unreachable) return { ok: false, error: "unreachable" };
    throw error;
  }
}

const SENTENCES = {
  unreachable: "The sandbox does not answer.",
  already_in_channel: "They are in this channel already.",
  already_pinned: "It is pinned already.",
  already_private: "The channel is private already.",
  already_reacted: "You reacted like that already.",
  busy: "The form is on its way to the app.",
  cannot_invite: "Only members can add people, and only to open channels.",
  cannot_join: "Only open, public channels can be joined.",
  deactivated: "This person was deactivated and cannot act.",
  invalid_link: "A link begins with https:// or http://.",
  home_tab_disabled: "The app has no Home.",
  interactivity_off: "The app's manifest does not switch interactivity on.",
  invalid_name: "Names have small letters, digits, hyphens and underscores, at most 80 of them.",
  invalid_value: "This cannot be taken as it stands.",
  is_archived: "This channel is archived.",
  messages_tab_disabled: "The app's manifest does not let people write to it.",
  name_taken: "There is a channel of that name already.",
  no_content: "The file is empty.",
  no_such_bookmark: "This bookmark is gone.",
  no_such_channel: "For the person you are acting as, this conversation does not exist.",
  no_such_element: "The app has changed this meanwhile.",
  no_such_file: "This file is gone.",
  no_such_message: "This message is gone.",
  no_such_option: "The app no longer offers this.",
  no_such_person: "There is nobody like that here.",
  no_such_view: "This form was closed or replaced.",
  no_text: "There is nothing in it.",
  not_allowed: "The person you are acting as may not do that.",
  not_in_channel: "Join the channel first.",
  not_installed: "The app is not installed in this workspace.",
  not_your_message: "Only its author can change it, and only its author or an admin can delete it.",
  too_large: "The file is larger than 50 MB.",
  too_long: "That is too long.",
  too_many: "That is more than can be chosen.",
  too_many_bookmarks: "A channel has no more than 100 bookmarks.",
  wrong_value: "One of these cannot be taken as it stands.",
};

/** An error name as a person would say it. */
export const sentence = (error) => SENTENCES[error] ?? `The sandbox refused: ${error.replaceAll("_", " ")}.`;

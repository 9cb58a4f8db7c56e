import { post } from "./api.js";
import { ask } from "./ask.js";
import { copyText } from "./channel_forms.js";
import { div, h } from "./dom.js";
import { refresh } from "./live.js";
import { menu } from "./popup.js";
import { permalinkOf } from "./route.js";
import { openSheet, sheet } from "./sheet.js";
import { me, nameOf, state } from "./state.js";
import { complain, toast } from "./toast.js";

/** What can be done with a message: by Slack itself, then by the app. */
export function openMenu(anchor, { message, channel, inThread }) {
  const { ts } = message;
  const act = (path, more = {}) => () => doTo(path, { channel, ts, ...more });
  const mine = message.user === state.as && !message.app;
  const items = [
    { label: "Copy link", run: () => copyText(permalinkOf(channel, message)) },
    !inThread && { label: "Mark unread from here", run: () => doTo("read", { channel, unread_from: ts }) },
    message.pinned_by ? { label: "Unpin", run: act("unpin") } : { label: "Pin to the channel", run: act("pin") },
    mine && !message.files.length && { label: "Edit message", run: () => edit(channel, message) },
    (mine || me().is_admin) && { label: "Delete message", danger: true, run: () => remove(channel, message) },
    ...state.workspace.message_shortcuts.map(({ name, callback_id: id }) => ({
      label: [h("span", {}, name), h("small", {}, state.workspace.app.name)],
      run: () => useShortcut(id, channel, ts),
    })),
  ];
  menu(anchor, "More actions", items.filter(Boolean), { align: "end" });
}

async function doTo(path, body) {
  const answer = await post(path, body);
  if (!answer.ok) complain(answer);
  else if (body.unread_from) toast("Marked as unread.");
  await Promise.all([refresh("conversation"), refresh("thread"), refresh("sidebar")]);
}

async function useShortcut(callbackId, channel, ts) {
  const answer = await post("shortcut", { callback_id: callbackId, channel, ts });
  if (!answer.ok) complain(answer);
  refresh("modals");
}

function edit(channel, { ts, text }) {
  const box = h("textarea", { class: "text", "aria-label": "Message", rows: 3, value: asTyped(text) });
  const save = async (event) => {
    event.preventDefault();
    const answer = await post("edit", { channel, ts, text: box.value });
    if (!answer.ok) {
      complain(answer);
      return;
    }
    dialog.close();
    await Promise.all([refresh("conversation"), refresh("thread")]);
  };
  const form = h("form", { class: "sheet-body", onsubmit: save }, box,
    div("dialog-buttons", h("button", { type: "submit", class: "button primary" }, "Save")));
  const dialog = sheet("Edit message", form);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save(event);
  });
  openSheet(dialog, box);
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** A message's text as its author typed it: names for ids, and no entities. */
function asTyped(text) {
  const names = text.replace(/<([@#!]?)([^>|]+)(?:\|([^>]*))?>/g, (_, kind, id, label) => {
    if (kind === "@") return `@${nameOf(id)}`;
    if (kind === "#") return `#${state.sidebar.channels.find((one) => one.id === id)?.name ?? label ?? id}`;
    return kind === "!" ? `@${id}` : id;
  });
  return names.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

async function remove(channel, { ts }) {
  const sure = { title: "Delete this message?", text: "This cannot be undone.", yes: "Delete", danger: true };
  if (await ask(sure)) await doTo("delete", { channel, ts });
}

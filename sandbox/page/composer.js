import { post } from "./api.js";
import { Attachments } from "./attach.js";
import { Completion } from "./completion.js";
import { iconButton } from "./controls.js";
import { div, h, newId } from "./dom.js";
import { draft, keepDraft } from "./drafts.js";
import { icon } from "./icons.js";
import { refresh } from "./live.js";
import { menu } from "./popup.js";
import { state } from "./state.js";
import { complain, toast } from "./toast.js";

const SLOW = 400;

/**
 * A message box: Enter sends, Shift+Enter makes a line. What is typed is kept under `key`; what could not be sent
 * comes back.
 * @param {{
 *   key: string, label: string, commands: boolean, focus?: boolean, extra?: Node,
 *   send: (text: string, files: string[]) => Promise<{ok: boolean}>,
 * }} spec
 */
export function composer({ key, label, commands, focus, extra, send }) {
  const hint = h("div", { class: "command-hint", id: newId("hint") });
  const names = { "aria-label": label, placeholder: label, "aria-describedby": hint.id };
  const box = h("textarea", { rows: 1, ...names, "data-focus": `composer/${key}` });
  const button = h("button", { type: "submit", class: "icon-button send", "aria-label": "Send" }, icon("send"));
  const completion = new Completion(box, { commands });
  const ready = () => {
    button.disabled = attached.busy || !(box.value.trim() || attached.ids.length);
  };
  const attached = new Attachments(ready);
  const typed = () => {
    keepDraft(key, box.value);
    ready();
    showHint(hint, commands ? box.value : "");
  };
  const put = (text) => {
    box.value = text;
    typed();
  };
  const submit = async (event) => {
    event?.preventDefault();
    const text = box.value.trim();
    const files = attached.ids;
    if (attached.busy || !(text || files.length)) return;
    put("");
    const slow = setTimeout(() => hint.replaceChildren("Sending…"), SLOW);
    const answer = await send(text, files);
    clearTimeout(slow);
    typed();
    if (answer.ok) attached.clear();
    else if (!box.value) put(text);
  };
  box.addEventListener("input", typed);
  box.addEventListener("keydown", (event) => {
    if (completion.key(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    submit(event);
  });
  put(draft(key) ?? "");
  if (focus || matchMedia("(min-width: 800px)").matches) queueMicrotask(() => box.focus({ preventScroll: true }));
  const tools = div("box-tools", attached.button, attached.input, commands && shortcutsButton(), extra);
  const form = h("form", { class: "composer", onsubmit: submit }, hint,
    div("box", attached.list, box, div("box-foot", tools, button)));
  attached.listen(form);
  return form;
}

/** What the app offers anywhere, if it offers anything. */
function shortcutsButton() {
  const { global_shortcuts: offered = [], app } = state.workspace;
  if (!offered.length) return null;
  const open = ({ currentTarget }) => menu(currentTarget, "Shortcuts", offered.map(({ name, callback_id: id }) => ({
    label: [h("span", {}, name), h("small", {}, app.name)], run: () => useShortcut(id),
  })), { side: "above" });
  return iconButton("Shortcuts", "bolt", open, { title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": false });
}

async function useShortcut(callbackId) {
  const answer = await post("shortcut", { callback_id: callbackId });
  if (!answer.ok) complain(answer);
  refresh("modals");
}

/** While a command is being typed, its own usage stands above the box. */
function showHint(hint, text) {
  const command = /^\/\S+(?=\s)/.exec(text)?.[0];
  const known = state.workspace.commands.find((one) => one.command === command);
  const usage = known && [h("b", {}, known.command), ` ${known.usage_hint} ${known.description}`];
  hint.replaceChildren(...(usage ?? []));
}

/** @param {{files?: string[], thread?: string|null, broadcast?: boolean}} [more] */
export async function sendMessage(channel, text, { files = [], thread = null, broadcast = false } = {}) {
  if (thread && text.startsWith("/")) {
    toast("Slack has no commands in threads. Type it in the channel.", "error");
    return { ok: false };
  }
  const answer = await post("message", { channel, text, files, broadcast, ...(thread ? { thread_ts: thread } : {}) });
  if (!answer.ok) complain(answer);
  await Promise.all([refresh("conversation"), refresh("thread")]);
  return answer;
}

/** Sends a text that begins with a slash to the app that owns the command. */
export async function sendCommand(channel, typed) {
  const [, command, text] = /^(\S+)\s*([\s\S]*)$/.exec(typed);
  if (!state.workspace.commands.some((known) => known.command === command)) {
    toast(`${command} is not a command here. Type “/” to see those there are.`, "error");
    return { ok: false };
  }
  const answer = await post("command", { channel, command, text });
  if (!answer.ok) complain(answer);
  await Promise.all([refresh("conversation"), refresh("modals")]);
  return answer;
}

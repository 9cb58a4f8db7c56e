import { get, post } from "./api.js";
import { composer, sendMessage } from "./composer.js";
import { iconButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { part } from "./live.js";
import { showMessages } from "./message.js";
import { go } from "./route.js";
import { Reading } from "./reading.js";
import { tick } from "./sheet.js";
import { channelId, state, titleOf } from "./state.js";

let view = null;

export function startThread() {
  part("thread", load, show);
  document.getElementById("thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
}

function load() {
  const channel = channelId();
  if (!state.thread || !channel) return null;
  const key = `${state.as}/${channel}/${state.thread}`;
  if (view?.key !== key) view = open(key, channel, state.thread);
  const asked = { channel, thread: state.thread };
  return view.reading.load((query) => get("conversation", { ...asked, ...query }));
}

function show(data) {
  const pane = document.getElementById("thread");
  pane.hidden = !data?.channel;
  if (pane.hidden) {
    pane.replaceChildren();
    view = null;
    return;
  }
  if (!view.isShown) arrive(pane, data.channel);
  const { parent, channel } = data;
  showMessages(view.parent, parent ? [parent] : [], channel.id, { inThread: true });
  const count = parent?.reply_count ?? 0;
  view.count.textContent = count === 1 ? "1 reply" : `${count} replies`;
  view.count.hidden = !count;
  view.reading.show(data, channel.id);
}

function open(key, channel, thread) {
  const parent = div("parent");
  const count = div("reply-count");
  const seen = () => post("read", { channel, thread });
  const before = [div("thread-top", parent, count)];
  const reading = new Reading({ part: "thread", region: "Thread messages", before, inThread: true, seen });
  reading.log.setAttribute("aria-label", "Replies");
  return { key, parent, count, reading, isShown: false };
}

function arrive(pane, channel) {
  view.isShown = true;
  const shut = iconButton("Close thread", "close", close);
  const head = h("header", { class: "place-head" }, h("h2", {}, "Thread"), span("topic", titleOf(channel)), shut);
  const thread = state.thread;
  const also = tick(channel.kind === "dm" ? "Also send to the conversation" : `Also send to #${channel.name}`, false);
  const send = async (text, files) => {
    const answer = await sendMessage(channel.id, text, { files, thread, broadcast: also.box.checked });
    also.box.checked = answer.ok ? false : also.box.checked;
    return answer;
  };
  const bottom = div("bottom", composer({
    key: view.key, label: "Reply", commands: false, focus: true, send, extra: also.node,
  }));
  pane.replaceChildren(head, view.reading.node, bottom);
}

function close() {
  const opened = state.thread;
  go(state.place);
  const back = ["replies", "reply"].map((name) => document.querySelector(`[data-focus="${name}/${opened}"]`));
  back.find(Boolean)?.focus();
}

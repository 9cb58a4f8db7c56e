import { get } from "./api.js";
import { composer, sendMessage } from "./composer.js";
import { iconButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { part } from "./live.js";
import { showMessages } from "./message.js";
import { go } from "./route.js";
import { keepAtEnd, scroller } from "./scroll.js";
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
  return state.thread && channel ? get("conversation", { channel, thread: state.thread }) : null;
}

function show(data) {
  const pane = document.getElementById("thread");
  pane.hidden = !data?.channel;
  if (pane.hidden) {
    pane.replaceChildren();
    view = null;
    return;
  }
  const key = `${state.as}/${data.channel.id}/${state.thread}`;
  if (view?.key !== key) open(pane, key, data.channel);
  const [parent, ...replies] = data.messages;
  showMessages(view.parent, parent ? [parent] : [], data.channel.id, { inThread: true });
  view.count.textContent = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  view.count.hidden = !replies.length;
  showMessages(view.log, replies, data.channel.id, { inThread: true });
}

function open(pane, key, channel) {
  const shut = iconButton("Close thread", "close", close);
  const head = h("header", { class: "place-head" }, h("h2", {}, "Thread"), span("topic", titleOf(channel)), shut);
  const parent = div("parent");
  const count = div("reply-count");
  const log = h("div", { class: "log", role: "log", "aria-label": "Replies" });
  const talk = div("thread-talk", parent, count, log);
  const region = scroller("Thread messages", talk);
  const bottom = div("bottom", composer({
    key, label: "Reply", commands: false, focus: true, send: (text) => sendMessage(channel.id, text, state.thread),
  }));
  pane.replaceChildren(head, region, bottom);
  keepAtEnd(region, talk);
  view = { key, parent, count, log };
}

function close() {
  const opened = state.thread;
  go(state.place);
  const back = ["replies", "reply"].map((name) => document.querySelector(`[data-focus="${name}/${opened}"]`));
  back.find(Boolean)?.focus();
}

import { get, post, sentence } from "./api.js";
import { composer, sendMessage, sendCommand } from "./composer.js";
import { h } from "./dom.js";
import { showHead } from "./head.js";
import { icon } from "./icons.js";
import { part, refresh } from "./live.js";
import { showMessages } from "./message.js";
import { keepAtEnd } from "./scroll.js";
import { channelId, state, titleOf } from "./state.js";
import { complain } from "./toast.js";

let view = null;

export function startConversation() {
  part("conversation", load, show);
}

const load = () => (channelId() ? get("conversation", { channel: channelId() }) : null);

function show(data) {
  state.conversation = data?.channel ? data : null;
  if (!data) return;
  const main = document.getElementById("main");
  if (!data.channel) {
    view = null;
    main.replaceChildren(h("div", { class: "empty" }, h("h1", {}, "Nothing to see here"), h("p", {}, sentence(data.error))));
    return;
  }
  const key = `${state.as}/${data.channel.id}`;
  const arrived = view?.key !== key || !view.node.isConnected;
  if (arrived) open(main, key, data.channel);
  showHead(view.head, data.channel);
  showMessages(view.log, data.messages, data.channel.id);
  showBottom(data.channel);
  seek();
  if (!view.end.atEnd() && data.messages.length > view.count) view.more.hidden = false;
  view.count = data.messages.length;
  markRead(data.channel.id);
}

/** Brings the message a permalink leads to into view, once. */
function seek() {
  const found = state.sought && view.log.querySelector(`[data-ts="${state.sought}"]`);
  if (!found) return;
  state.sought = null;
  view.end.show(found);
  found.classList.add("sought");
}

/** A new log for every conversation, so that screen readers announce only what arrives while it is open. */
function open(main, key, channel) {
  const intro = h("div", { class: "intro" }, h("h2", {}, titleOf(channel)), h("p", {}, beginning(channel)));
  const log = h("div", { class: "log", role: "log", "aria-label": `Messages in ${titleOf(channel)}` });
  const scroller = h("div", { class: "scroller", tabindex: 0, "aria-label": "Conversation", role: "region" }, h("div", { class: "talk" }, intro, log));
  const head = h("header", { class: "place-head" });
  const bottom = h("div", { class: "bottom" });
  const more = h("button", { type: "button", class: "more-below", hidden: true, onclick: () => view.end.go() }, "New messages", icon("chevron"));
  const node = h("div", { class: "place" }, head, scroller, h("div", { class: "more-place" }, more), bottom);
  const end = keepAtEnd(scroller, scroller.firstChild, () => {
    more.hidden = true;
  });
  view = { key, node, head, log, bottom, more, end, count: 0, bottomKind: "" };
  main.replaceChildren(node);
}

function beginning(channel) {
  const { name, user_id: app } = state.workspace.app;
  if (channel.kind !== "dm") return `The beginning of ${titleOf(channel)}. Type “/” for the commands of ${name}.`;
  return channel.members.includes(app) ? `What ${name} has for you arrives here.` : "The two of you, and nobody else.";
}

function showBottom(channel) {
  const kind = bottomKind(channel);
  if (kind === view.bottomKind) return;
  view.bottomKind = kind;
  const silent = (words) => () => h("div", { class: "bar" }, words);
  const archived = silent("This channel is archived.");
  const closed = silent(`${state.workspace.app.name} does not take messages here. Its commands work in channels.`);
  view.bottom.replaceChildren({ archived, closed, talk, join }[kind](channel));
}

function bottomKind(channel) {
  const { app } = state.workspace;
  if (channel.archived) return "archived";
  if (channel.kind === "dm") return channel.members.includes(app.user_id) && !app.takes_messages ? "closed" : "talk";
  return channel.members.includes(state.as) ? "talk" : "join";
}

function talk(channel) {
  return composer({
    key: `${state.as}/${channel.id}`, label: `Message ${titleOf(channel)}`, commands: true,
    send: (text) => (text.startsWith("/") ? sendCommand(channel.id, text) : sendMessage(channel.id, text)),
  });
}

function join(channel) {
  const button = h("button", { type: "button", class: "button primary", onclick: () => joinChannel(channel.id) }, "Join channel");
  return h("div", { class: "bar" }, h("span", {}, `You are looking at #${channel.name} from outside.`), button);
}

export async function joinChannel(id) {
  const answer = await post("join", { channel: id });
  if (!answer.ok) complain(answer);
  await Promise.all([refresh("sidebar"), refresh("conversation")]);
}

let marked = "";

/** Tells the sandbox once per new message that the actor has seen this conversation. */
async function markRead(id) {
  const unread = [...state.sidebar.channels, ...state.sidebar.dms, state.sidebar.app_dm].find((place) => place.id === id)?.unread;
  const mark = `${view.key}/${view.count}`;
  if (document.visibilityState === "hidden" || (!unread && marked === mark)) return;
  marked = mark;
  await post("read", { channel: id });
}

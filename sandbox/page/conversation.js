import { get, post, sentence } from "./api.js";
import { composer, sendMessage, sendCommand } from "./composer.js";
import { textButton } from "./controls.js";
import { div, h } from "./dom.js";
import { showHead } from "./head.js";
import { icon } from "./icons.js";
import { part, refresh } from "./live.js";
import { showMessages } from "./message.js";
import { keepAtEnd, scroller } from "./scroll.js";
import { channelId, placesOf, state, titleOf } from "./state.js";
import { complain } from "./toast.js";

let view = null;

export function startConversation() {
  part("conversation", load, show);
}

const load = () => (channelId() ? get("conversation", { channel: channelId() }) : null);

function show(data) {
  if (!data) return;
  const main = document.getElementById("main");
  if (!data.channel) {
    view = null;
    main.replaceChildren(div("empty", h("h1", {}, "Nothing to see here"), h("p", {}, sentence(data.error))));
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
  const intro = div("intro", h("h2", {}, titleOf(channel)), h("p", {}, beginning(channel)));
  const log = h("div", { class: "log", role: "log", "aria-label": `Messages in ${titleOf(channel)}` });
  const talk = div("talk", intro, log);
  const region = scroller("Conversation", talk);
  const head = h("header", { class: "place-head" });
  const bottom = div("bottom");
  const toEnd = { type: "button", class: "more-below", hidden: true, onclick: () => view.end.go() };
  const more = h("button", toEnd, "New messages", icon("chevron"));
  const node = div("place", head, region, div("more-place", more), bottom);
  const end = keepAtEnd(region, talk, () => {
    more.hidden = true;
  });
  view = { key, node, head, log, bottom, more, end, count: 0, bottomKind: "" };
  main.replaceChildren(node);
}

function beginning(channel) {
  const { name, user_id: app } = state.workspace.app;
  if (channel.kind !== "dm") return `The beginning of ${titleOf(channel)}. Type “/” for the commands of ${name}.`;
  if (channel.members.includes(app)) return `What ${name} has for you arrives here.`;
  return "The two of you, and nobody else.";
}

function showBottom(channel) {
  const kind = bottomKind(channel);
  if (kind === view.bottomKind) return;
  view.bottomKind = kind;
  const silent = (words) => () => div("bar", words);
  const archived = silent("This channel is archived.");
  const closed = silent(`${state.workspace.app.name} does not take messages here. Its commands work in channels.`);
  view.bottom.replaceChildren({ archived, closed, talk: talkBox, join }[kind](channel));
}

function bottomKind(channel) {
  const { app } = state.workspace;
  if (channel.archived) return "archived";
  if (channel.kind === "dm") return channel.members.includes(app.user_id) && !app.takes_messages ? "closed" : "talk";
  return channel.members.includes(state.as) ? "talk" : "join";
}

function talkBox(channel) {
  return composer({
    key: `${state.as}/${channel.id}`, label: `Message ${titleOf(channel)}`, commands: true,
    send: (text) => say(channel.id, text),
  });
}

/** Sends what was typed, and brings it, or the answer to it, into view. */
async function say(channel, text) {
  const answer = await (text.startsWith("/") ? sendCommand(channel, text) : sendMessage(channel, text));
  view?.end.go();
  return answer;
}

function join(channel) {
  const words = h("span", {}, `You are looking at #${channel.name} from outside.`);
  return div("bar", words, textButton("Join channel", "primary", () => joinChannel(channel.id)));
}

export async function joinChannel(id) {
  const answer = await post("join", { channel: id });
  if (!answer.ok) complain(answer);
  await Promise.all([refresh("sidebar"), refresh("conversation")]);
}

let marked = "";

/** Tells the sandbox once per new message that the actor has seen this conversation. */
async function markRead(id) {
  const unread = placesOf(state.sidebar).find((place) => place.id === id)?.unread;
  const mark = `${view.key}/${view.count}`;
  if (document.visibilityState === "hidden" || (!unread && marked === mark)) return;
  marked = mark;
  await post("read", { channel: id });
}

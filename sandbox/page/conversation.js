import { get, post, sentence } from "./api.js";
import { composer, sendMessage, sendCommand } from "./composer.js";
import { textButton } from "./controls.js";
import { div, h } from "./dom.js";
import { showHead } from "./head.js";
import { part, refresh } from "./live.js";
import { Reading } from "./reading.js";
import { channelId, state, titleOf } from "./state.js";
import { complain } from "./toast.js";

let view = null;

export function startConversation() {
  part("conversation", load, show);
}

function load() {
  const channel = channelId();
  if (!channel) return null;
  const key = `${state.as}/${channel}`;
  if (view?.key !== key || (view.isShown && !view.node.isConnected)) view = open(key, channel);
  return view.reading.load((query) => get("conversation", { channel, ...query }));
}

function show(data) {
  if (!data) return;
  const main = document.getElementById("main");
  if (!data.channel) {
    view = null;
    main.replaceChildren(div("empty", h("h1", {}, "Nothing to see here"), h("p", {}, sentence(data.error))));
    return;
  }
  if (!view.isShown) arrive(main, data.channel);
  showHead(view.head, data.channel);
  view.reading.show(data, data.channel.id);
  showBottom(data.channel);
}

function open(key, id) {
  const intro = div("intro");
  const head = h("header", { class: "place-head" });
  const bottom = div("bottom");
  const seen = () => post("read", { channel: id });
  const reading = new Reading({ part: "conversation", region: "Conversation", before: [intro], seen });
  const node = div("place", head, reading.node, bottom);
  return { key, node, intro, head, reading, bottom, bottomKind: "", isShown: false };
}

function arrive(main, channel) {
  view.isShown = true;
  view.intro.replaceChildren(h("h2", {}, titleOf(channel)), h("p", {}, beginning(channel)));
  view.reading.log.setAttribute("aria-label", `Messages in ${titleOf(channel)}`);
  main.replaceChildren(view.node);
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
    send: (text, files) => say(channel.id, text, files),
  });
}

/** Sends what was typed, and brings it, or the answer to it, into view. */
async function say(channel, text, files) {
  const answer = await (text.startsWith("/") ? sendCommand(channel, text) : sendMessage(channel, text, { files }));
  view?.reading.toNewest();
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

import { get } from "./api.js";
import { div, h, keyed, span } from "./dom.js";
import { icon } from "./icons.js";
import { part } from "./live.js";
import { go } from "./route.js";
import { scroller } from "./scroll.js";
import { me, nameOf, state, titleOf } from "./state.js";
import { textNode } from "./text.js";
import { dayAndHour } from "./time.js";

const MOST = 50;
let shown = null;

/** The threads the actor follows, the latest first: a line each, which opens the thread where it is. */
export function startThreads() {
  part("threads", () => (state.place === "threads" ? get("threads", { limit: MOST }) : null), show);
}

function show(data) {
  if (!data?.threads) return;
  if (shown?.as !== state.as || !shown.node.isConnected) open();
  const { tz } = me();
  shown.empty.hidden = data.threads.length > 0;
  shown.rest.hidden = !data.has_after;
  const threads = data.threads.map((thread) => ({ ...thread, tz }));
  keyed(shown.list, threads, ({ parent, channel }) => `${channel.id}/${parent.ts}`, row);
}

function open() {
  const list = h("ul", { class: "thread-list" });
  const empty = div("empty", h("h2", {}, "No threads yet"), h("p", {}, "Threads that you begin, answer or are named in "
    + "gather here."));
  const rest = h("p", { class: "none" }, `These are the latest ${MOST}.`);
  const head = h("header", { class: "place-head" }, h("h1", {}, icon("threads"), "Threads"));
  const node = div("place", head, scroller("Threads", div("home-body", list, rest, empty)));
  shown = { as: state.as, node, list, empty, rest };
  document.getElementById("main").replaceChildren(node);
}

function row({ channel, parent, tz }) {
  const count = parent.reply_count === 1 ? "1 reply" : `${parent.reply_count} replies`;
  const fresh = parent.new_replies && span("count strong", `${parent.new_replies} new`);
  const says = { type: "mrkdwn", text: parent.text.length > 220 ? `${parent.text.slice(0, 220)}…` : parent.text };
  const where = `${nameOf(parent.user)} in ${titleOf(channel)}`;
  const begins = h("button", {
    type: "button", class: `thread-row${parent.new_replies ? " unread" : ""}`, onclick: () => go(channel.id, parent.ts),
    "aria-label": [where, count, parent.new_replies && `${parent.new_replies} new`].filter(Boolean).join(", "),
  },
  div("thread-where", titleOf(channel), span("thread-when", dayAndHour(Number(parent.latest_reply), tz))),
  div("thread-says", h("b", {}, nameOf(parent.user)), " ", textNode(says)),
  div("thread-count", icon("chat"), count, fresh));
  return h("li", {}, begins);
}

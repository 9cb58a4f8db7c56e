import { post } from "./api.js";
import { showBlocks } from "./blocks.js";
import { iconButton } from "./controls.js";
import { div, h, keyed, span } from "./dom.js";
import { emojify } from "./emoji.js";
import { icon } from "./icons.js";
import { refresh } from "./live.js";
import { menu } from "./popup.js";
import { go } from "./route.js";
import { clockNow, me, state } from "./state.js";
import { messageSurface } from "./surface.js";
import { avatar, textNode } from "./text.js";
import { complain } from "./toast.js";
import { dayAndHour, dayName, hourOf, isoDate } from "./time.js";

const TOGETHER = 300;

/**
 * Shows messages: those of one author close together, and outside threads a divider for each day.
 * @param {Element} parent
 * @param {any[]} messages
 * @param {string} channel
 * @param {{inThread?: boolean, lastRead?: string}} [where] what came after `lastRead` is marked as new
 */
export function showMessages(parent, messages, channel, { inThread = false, lastRead = "0" } = {}) {
  const { tz } = me();
  const firstNew = lastRead !== "0" && messages.find(({ ts, user }) => ts > lastRead && user !== state.as)?.ts;
  const today = isoDate(clockNow(), tz);
  const items = messages.flatMap((message, index) => {
    const day = isoDate(Number(message.ts), tz);
    const before = messages[index - 1];
    const newDay = !before || isoDate(Number(before.ts), tz) !== day;
    const isNew = message.ts === firstNew;
    const compact = !newDay && !isNew && !message.blocks?.length && follows(before, message);
    const item = { key: message.ts, message, channel, compact, inThread, tz, today };
    return [
      newDay && !inThread && { key: `day-${day}`, day: message.ts, tz, today },
      isNew && { key: "new", isNew },
      item,
    ].filter(Boolean);
  });
  keyed(parent, items, ({ key }) => key, drawItem);
}

function drawItem(item, old) {
  if (item.day) return divider(item);
  if (item.isNew) return h("div", { class: "day new", role: "separator" }, h("span", {}, "New"));
  return item.message.subtype ? drawEvent(item) : drawMessage(item, old);
}

/** Someone came, went or archived the channel: a line without an author. */
function drawEvent({ message, tz }) {
  const { name } = authorOf(message);
  const words = textNode({ type: "mrkdwn", text: message.text.replace(`<@${message.user}> `, "") });
  const line = [h("b", {}, name), " ", words, " ", time({ message, tz })];
  return h("div", { class: "event", "data-ts": message.ts }, line);
}

function follows(before, message) {
  const sameAuthor = !before.subtype && before.user === message.user && before.app === message.app;
  const near = message.ts - before.ts < TOGETHER && !before.reply_count;
  return sameAuthor && near && before.ephemeral === message.ephemeral;
}

const divider = ({ day, tz }) => div("day", h("span", {}, dayName(Number(day), tz)));

function authorOf({ user, app }) {
  const { user_id: bot, name } = state.workspace.app;
  if (app || user === bot) return { name, initials: name[0], app: true };
  return state.people.get(user) ?? { name: "Slackbot", initials: "S" };
}

function drawMessage(item, old) {
  const { message, compact, channel } = item;
  const author = authorOf(message);
  const node = old ?? h("article", { class: "message" }, div("gutter"), content(), div("tools"));
  const [gutter, { children: [head, body, foot] }, tools] = node.children;
  node.classList.toggle("compact", compact);
  node.classList.toggle("ephemeral", Boolean(message.ephemeral));
  node.dataset.ts = message.ts;
  node.setAttribute("aria-label", `${author.name}, ${dayAndHour(Number(message.ts), item.tz)}`);
  gutter.replaceChildren(compact ? time(item) : avatar(author));
  head.replaceChildren(...headOf(item, author));
  showBlocks(body, blocksOf(message), messageSurface(channel, message.ts));
  foot.replaceChildren(...footOf(item));
  tools.replaceChildren(...(message.ephemeral ? [] : toolsOf(item)));
  return node;
}

const content = () => div("content", div("head"), div("body"), div("foot"));

/** The hour; in a thread, which has no dividers, with the day if it is not today. */
function time({ message, tz, inThread, today }) {
  const unix = Number(message.ts);
  const shown = inThread && isoDate(unix, tz) !== today ? dayAndHour : hourOf;
  return h("time", { datetime: new Date(unix * 1000).toISOString() }, shown(unix, tz));
}

/** A message without blocks is its text. */
function blocksOf({ blocks, text }) {
  return blocks?.length ? blocks : [{ type: "section", block_id: "text", text: { type: "mrkdwn", text } }];
}

function headOf(item, author) {
  const only = item.message.ephemeral && div("only-you", icon("eye"), "Only visible to you");
  const name = !item.compact && div("byline", span("author", author.name),
    author.app && span("badge", "APP"), time(item));
  return [only, name].filter(Boolean);
}

function footOf({ message, inThread }) {
  const edited = message.edited && span("edited", "(edited)");
  const reactions = message.reactions.map(({ name, count }) => span("reaction", `${emojify(`:${name}:`)} ${count}`));
  const count = message.reply_count;
  const opens = { type: "button", class: "replies", "data-focus": `replies/${message.ts}` };
  const replies = !inThread && count > 0 && h("button", { ...opens, onclick: () => go(state.place, message.ts) },
    icon("chat"), count === 1 ? "1 reply" : `${count} replies`);
  return [edited, ...reactions, replies].filter(Boolean);
}

function toolsOf(item) {
  const { message, inThread } = item;
  const reply = !inThread && iconButton("Reply in thread", "reply", () => go(state.place, message.ts), {
    title: "Reply in thread", "data-focus": `reply/${message.ts}`,
  });
  const more = iconButton("More actions", "dots", ({ currentTarget }) => openMenu(currentTarget, item), {
    title: "More actions", "data-focus": `more/${message.ts}`, "aria-haspopup": "menu", "aria-expanded": false,
  });
  return [reply, state.workspace.message_shortcuts.length && more].filter(Boolean);
}

function openMenu(anchor, { message, channel }) {
  const shortcuts = state.workspace.message_shortcuts.map(({ name, callback_id }) => ({
    label: [h("span", {}, name), h("small", {}, state.workspace.app.name)],
    run: () => useShortcut(callback_id, channel, message.ts),
  }));
  menu(anchor, "More actions", shortcuts, { align: "end" });
}

async function useShortcut(callbackId, channel, ts) {
  const answer = await post("shortcut", { callback_id: callbackId, channel, ts });
  if (!answer.ok) complain(answer);
  refresh("modals");
}

import { post } from "./api.js";
import { showBlocks } from "./blocks.js";
import { iconButton, textButton } from "./controls.js";
import { div, h, keyed, span } from "./dom.js";
import { emojify } from "./emoji.js";
import { attachments } from "./files.js";
import { icon } from "./icons.js";
import { openMenu } from "./message_menu.js";
import { openProfile } from "./profile.js";
import { pickReaction, reactionsOf } from "./reactions.js";
import { go } from "./route.js";
import { clockNow, me, nameOf, state } from "./state.js";
import { messageSurface } from "./surface.js";
import { avatar, textNode } from "./text.js";
import { dayAndHour, dayName, hourOf, isoDate, shortDate } from "./time.js";

const TOGETHER = 300;

/** The subtypes of what somebody said; the others are notices of what was done. */
const SPOKEN = new Set([null, "bot_message", "me_message", "file_share", "thread_broadcast", "tombstone"]);

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
  return SPOKEN.has(item.message.subtype) ? drawMessage(item, old) : drawEvent(item);
}

/** Someone came, went or archived the channel: a line without an author. */
function drawEvent({ message, tz }) {
  const { name } = authorOf(message);
  const words = textNode({ type: "mrkdwn", text: message.text.replace(`<@${message.user}> `, "") });
  const line = [h("b", {}, name), " ", words, " ", time({ message, tz })];
  return h("div", { class: "event", "data-ts": message.ts }, line);
}

function follows(before, message) {
  const sameAuthor = SPOKEN.has(before.subtype) && before.user === message.user && before.app === message.app;
  const near = message.ts - before.ts < TOGETHER && !before.reply_count && before.username === message.username;
  return sameAuthor && near && before.ephemeral === message.ephemeral && !message.broadcast;
}

const divider = ({ day, tz }) => div("day", h("span", {}, dayName(Number(day), tz)));

function authorOf({ user, app, username, icons }) {
  const { user_id: bot, name: own } = state.workspace.app;
  const name = username || own;
  if (app || user === bot) return { name, initials: emojify(icons?.emoji ?? "") || name[0], app: true };
  return state.people.get(user) ?? { name: "Slackbot", initials: "S" };
}

function drawMessage(item, old) {
  const { message, compact, channel } = item;
  const author = authorOf(message);
  const node = old?.matches("article") ? old : blank();
  const [gutter, { children: [head, body, files, foot] }, tools] = node.children;
  const gone = message.subtype === "tombstone";
  node.classList.toggle("compact", compact);
  node.classList.toggle("ephemeral", Boolean(message.ephemeral));
  node.classList.toggle("pinned", Boolean(message.pinned_by));
  node.classList.toggle("gone", gone);
  node.dataset.ts = message.ts;
  node.setAttribute("aria-label", `${author.name}, ${dayAndHour(Number(message.ts), item.tz)}`);
  gutter.replaceChildren(compact ? time(item) : avatar(author));
  head.replaceChildren(...headOf(item, author));
  showBlocks(body, blocksOf(message), messageSurface(channel, message.ts));
  files.replaceChildren(...attachments(message.files));
  foot.replaceChildren(...footOf(item));
  tools.replaceChildren(...(message.ephemeral || gone ? [] : toolsOf(item)));
  return node;
}

function blank() {
  const content = div("content", div("head"), div("body"), div("files"), div("foot"));
  return h("article", { class: "message" }, div("gutter"), content, div("tools"));
}

/** The hour; in a thread, which has no dividers, with the day if it is not today. */
function time({ message, tz, inThread, today }) {
  const unix = Number(message.ts);
  const shown = inThread && isoDate(unix, tz) !== today ? dayAndHour : hourOf;
  const title = `${shortDate(unix, tz)} ${hourOf(unix, tz)}`;
  return h("time", { datetime: new Date(unix * 1000).toISOString(), title }, shown(unix, tz));
}

/** A message without blocks is its text; one that only shares files may have neither. */
function blocksOf({ blocks, text }) {
  if (blocks?.length || !text) return blocks ?? [];
  return [{ type: "section", block_id: "text", text: { type: "mrkdwn", text } }];
}

function headOf(item, author) {
  const { message, channel, compact } = item;
  const dismiss = () => post("dismiss", { channel, ts: message.ts });
  const only = message.ephemeral && div("only-you", icon("eye"), "Only visible to you",
    textButton("Dismiss", "quiet small", dismiss, { "data-focus": `dismiss/${message.ts}` }));
  const pinned = message.pinned_by && div("only-you", icon("pin"), `Pinned by ${nameOf(message.pinned_by)}`);
  const replied = message.broadcast && !item.inThread && div("only-you", h("button", {
    type: "button", class: "link", onclick: () => go(state.place, message.thread_ts),
  }, "Replied in a thread"));
  const name = !compact && div("byline", nameButton(author), author.app && span("badge", "APP"), time(item));
  return [only, pinned, replied, name].filter(Boolean);
}

const nameButton = ({ id, name }) => (id
  ? h("button", { type: "button", class: "author", onclick: () => openProfile(id) }, name)
  : span("author", name));

function footOf(item) {
  const { message, inThread } = item;
  const edited = message.edited && span("edited", "(edited)");
  return [edited, ...reactionsOf(item), !inThread && message.reply_count > 0 && repliesOf(message)].filter(Boolean);
}

/** Who answered, how often, and whether there is something new in it. */
function repliesOf({ ts, reply_count: count, reply_users: users, new_replies: fresh }) {
  const faces = users.map((user) => avatar({ ...authorOf({ user }), small: true }));
  const words = count === 1 ? "1 reply" : `${count} replies`;
  return h("button", {
    type: "button", class: `replies${fresh ? " unread" : ""}`, "data-focus": `replies/${ts}`,
    onclick: () => go(state.place, ts),
  }, span("faces", faces), words, fresh > 0 && span("count strong", `${fresh} new`));
}

function toolsOf(item) {
  const { message, inThread } = item;
  const react = iconButton("Add a reaction", "smile", ({ currentTarget }) => pickReaction(currentTarget, item), {
    title: "Add a reaction", "data-focus": `react/${message.ts}`, "aria-haspopup": "dialog", "aria-expanded": false,
  });
  const answer = () => go(state.place, message.thread_ts ?? message.ts);
  const reply = !inThread && iconButton("Reply in thread", "reply", answer, {
    title: "Reply in thread", "data-focus": `reply/${message.ts}`,
  });
  const more = iconButton("More actions", "dots", ({ currentTarget }) => openMenu(currentTarget, item), {
    title: "More actions", "data-focus": `more/${message.ts}`, "aria-haspopup": "menu", "aria-expanded": false,
  });
  return [react, reply, more].filter(Boolean);
}

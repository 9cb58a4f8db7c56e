import { post } from "./api.js";
import { iconButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { ALL, emojiOf } from "./emoji.js";
import { refresh } from "./live.js";
import { panel } from "./popup.js";
import { nameOf, state } from "./state.js";
import { complain } from "./toast.js";

const OFTEN = ["+1", "heart", "joy", "tada", "eyes", "white_check_mark", "pray", "rocket"];
const MOST = 160;
const COLUMNS = 8;

/** The reactions to a message: who and how many; pressing one adds or takes back one's own. */
export function reactionsOf(item) {
  const { message, channel } = item;
  if (!message.reactions.length) return [];
  const chips = message.reactions.map(({ name, users }) => chip(channel, message.ts, name, users));
  const more = iconButton("Add another reaction", "smile", ({ currentTarget }) => pickReaction(currentTarget, item), {
    class: "icon-button reaction-more", "data-focus": `react-more/${message.ts}`, "aria-haspopup": "dialog",
    "aria-expanded": false,
  });
  return [div("reactions", ...chips, more)];
}

function chip(channel, ts, name, users) {
  const mine = users.includes(state.as);
  const who = `${users.map(nameOf).join(", ")} reacted with :${name}:`;
  return h("button", {
    type: "button", class: "reaction", "aria-pressed": mine, title: who, "aria-label": who,
    "data-focus": `reaction/${ts}/${name}`,
    onclick: () => react(mine ? "unreact" : "react", channel, ts, name),
  }, span("emoji", emojiOf(name) ?? `:${name}:`), " ", String(users.length));
}

async function react(path, channel, ts, name) {
  const answer = await post(path, { channel, ts, name });
  if (!answer.ok) complain(answer);
  await Promise.all([refresh("conversation"), refresh("thread")]);
}

export function pickReaction(anchor, { message, channel }) {
  pickEmoji(anchor, ({ names: [name] }) => {
    const mine = message.reactions.some((one) => one.name === name && one.users.includes(state.as));
    react(mine ? "unreact" : "react", channel, message.ts, name);
  });
}

/** A panel of emoji with a search. */
function pickEmoji(anchor, chosen) {
  const box = panel(anchor, "Choose an emoji", { align: "end" });
  const grid = h("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
  const pick = (one) => {
    box.hidePopover();
    chosen(one);
  };
  const search = h("input", { type: "search", class: "text", placeholder: "Search", "aria-label": "Search emoji" });
  const show = () => {
    const found = matching(search.value.trim().toLowerCase().replaceAll(":", "").replaceAll(" ", "_"));
    const buttons = found.map((one) => h("button", {
      type: "button", class: "emoji-choice", title: `:${one.names[0]}:`,
      "aria-label": one.names[0].replaceAll("_", " "),
      onclick: () => pick(one),
    }, one.emoji));
    grid.replaceChildren(...(buttons.length ? buttons : [div("nothing", "There is no such emoji.")]));
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") grid.querySelector("button")?.focus();
    else if (event.key === "Enter") grid.querySelector("button")?.click();
    else return;
    event.preventDefault();
  });
  grid.addEventListener("keydown", (event) => walk(event, grid, search));
  box.classList.add("emoji-panel");
  box.append(search, grid);
  show();
  search.focus();
}

function matching(words) {
  if (!words) {
    const often = OFTEN.map((name) => ALL.find(({ names }) => names.includes(name))).filter(Boolean);
    return [...often, ...ALL.filter((one) => !often.includes(one))].slice(0, MOST);
  }
  const begins = ALL.filter(({ names }) => names.some((name) => name.startsWith(words)));
  const holds = ALL.filter((one) => !begins.includes(one) && one.names.some((name) => name.includes(words)));
  return [...begins, ...holds].slice(0, MOST);
}

function walk(event, grid, search) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...grid.children];
  const to = all.indexOf(document.activeElement) + step;
  if (to < 0) search.focus();
  else all[Math.min(to, all.length - 1)].focus();
}

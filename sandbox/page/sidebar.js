import { get } from "./api.js";
import { createChannel } from "./channel_forms.js";
import { iconButton, textButton } from "./controls.js";
import { joinChannel } from "./conversation.js";
import { openPeople } from "./directory.js";
import { div, h, keepFocus, keyed, span } from "./dom.js";
import { forgetIfRestarted } from "./drafts.js";
import { emojify } from "./emoji.js";
import { icon } from "./icons.js";
import { part, refresh } from "./live.js";
import { handOver, hrefOf } from "./route.js";
import { clockNow, me, setClock, state, unreadIn } from "./state.js";
import { avatar } from "./text.js";
import { hourOf, isoDate } from "./time.js";
import { toast } from "./toast.js";
import { showBar } from "./topbar.js";

let lists = null;
const last = { minute: 0, day: "" };

export function startSidebar() {
  const nav = document.getElementById("sidebar");
  lists = {
    apps: section("App"),
    channels: section("Channels", iconButton("Create a channel", "plus", createChannel, { "data-focus": "create" })),
    others: section("More channels"),
    dms: section("Direct messages", iconButton("People", "people", openPeople, { "data-focus": "people" })),
    archived: section("Archived channels"),
  };
  nav.append(...Object.values(lists).map(({ node }) => node));
  part("sidebar", () => get("sidebar"), show);
  setInterval(tick, 1000);
}

function section(name, button = null) {
  const list = h("ul", {});
  const head = div("section-head", h("h2", {}, name), button);
  return { list, button, node: h("section", { "aria-label": name }, head, list) };
}

function show(data) {
  if (data.ok === false) {
    refused(data);
    return;
  }
  state.sidebar = data;
  setClock(data.clock);
  forgetIfRestarted(data.clock.now);
  showBar();
  fill(lists.apps, [appRow(data), threadsRow(data)]);
  const open = data.channels.filter(({ archived }) => !archived);
  fill(lists.channels, open.filter((channel) => channel.is_member));
  fill(lists.others, open.filter((channel) => !channel.is_member));
  fill(lists.archived, data.channels.filter(({ archived, is_member: mine }) => archived && mine));
  showPeople(data);
  followDay();
  const unread = unreadIn(data);
  document.title = `${unread ? `(${unread}) ` : ""}${state.people.get(state.as).name} · ${state.workspace.team.name}`;
  showUnreadOnFold(unread);
}

function showPeople({ dms, groups }) {
  const now = clockNow();
  last.minute = Math.floor(now / 60);
  fill(lists.dms, [...dms.map((dm) => ({ ...dm, ...faceOf(dm, now) })), ...groups.map(groupRow)]);
}

/** Everybody's clock goes on. */
function tick() {
  if (!state.sidebar || Math.floor(clockNow() / 60) === last.minute) return;
  keepFocus(() => showPeople(state.sidebar));
  followDay();
}

/** With a new day, what was said today was said yesterday. */
function followDay() {
  const day = isoDate(clockNow(), me().tz);
  if (last.day && last.day !== day) for (const name of ["conversation", "thread"]) refresh(name);
  last.day = day;
}

async function refused(data) {
  if (data.error !== "deactivated") return;
  await refresh("workspace");
  toast(`${me().name} was deactivated.`);
  handOver();
}

const appRow = ({ app_dm: dm }) => {
  const { name } = state.workspace.app;
  return { ...dm, place: "app", name, picture: { initials: name[0], app: true } };
};

/** What is new in threads counts as unread, as in Slack; the row is there from the beginning. */
const threadsRow = ({ threads }) => ({ id: "threads", name: "Threads", unread: threads.unread, sign: "threads" });

function faceOf({ user_id: id }, now) {
  const person = state.people.get(id);
  const { status_text: text, status_emoji: emoji, is_set_away: away } = person;
  return { picture: person, status: emoji ? [emojify(emoji), text] : null, away, hour: hourOf(now, person.tz) };
}

const groupRow = (group) => ({ ...group, sign: "people" });

function fill({ list, node, button }, items) {
  node.hidden = !items.length && !button;
  const { as, place } = state;
  keyed(list, items.map((item) => ({ place: item.id, ...item, as, here: isHere(item, place) })), ({ id }) => id, row);
}

const isHere = (item, place) => (item.place === "app" ? ["app", "home", "about"].includes(place) : item.id === place);

function row(item) {
  const { place, name, picture, unread, here, is_member: member = true, status, hour } = item;
  const direct = Boolean(picture) || item.sign;
  const count = unread > 0 && span(direct || item.mentions ? "count strong" : "count", String(unread));
  const told = [name, item.away && "away", unread && `${unread} unread`].filter(Boolean).join(", ");
  const link = h("a", {
    href: hrefOf(place), class: unread ? "unread" : member && !item.archived ? "" : "outside",
    "data-focus": `place/${place}`,
    "aria-current": here ? "page" : null, "aria-label": told,
  }, mark(item), span("name", name), status && statusOf(status), hour && span("hour", hour), count);
  const join = () => joinChannel(item.id);
  return h("li", {}, link, !member && textButton("Join", "small", join, { "aria-label": `Join #${name}` }));
}

const statusOf = ([emoji, text]) => h("span", { class: "status-emoji", title: text }, emoji);

function mark({ picture, sign, away, is_private: isPrivate }) {
  if (sign) return icon(sign);
  if (!picture) return icon(isPrivate ? "lock" : "hash");
  return span(`face${away ? " away" : ""}`, avatar({ ...picture, small: true }));
}

/** On a narrow screen the sidebar is folded away: what is unread shows on the button that opens it. */
function showUnreadOnFold(unread) {
  const fold = document.getElementById("fold");
  fold.querySelector(".count")?.remove();
  fold.setAttribute("aria-label", unread ? `Conversations, ${unread} unread` : "Conversations");
  if (unread) fold.append(span("count strong", unread > 99 ? "99+" : String(unread)));
}

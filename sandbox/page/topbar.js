import { get, post, sentence } from "./api.js";
import { iconButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { icon } from "./icons.js";
import { refreshAll } from "./live.js";
import { menu } from "./popup.js";
import { actAs } from "./route.js";
import { clockNow, me, state, unreadIn } from "./state.js";
import { avatar } from "./text.js";
import { toast } from "./toast.js";
import { addDays, dayAndHour, hourOf, isoDate, momentOf, shortDate, zoneName } from "./time.js";

const dropdown = { "aria-haspopup": "menu", "aria-expanded": false };

let bar = null;

export function startTopbar({ toggleSidebar }) {
  const fold = iconButton("Conversations", "menu", toggleSidebar, {
    id: "fold", class: "icon-button fold", "aria-expanded": false, "aria-controls": "sidebar",
  });
  const team = div("team", span("team-name", state.workspace.team.name), span("team-kind", "Sandbox"));
  const switcher = h("button", { type: "button", class: "switcher", onclick: openSwitcher, ...dropdown });
  const said = h("span", { class: "said", role: "status" });
  const clock = h("div", { class: "clock", role: "timer", "aria-label": "Sandbox clock", "aria-live": "off" });
  const toNext = { type: "button", class: "next", onclick: () => move("clock/next", {}) };
  const next = h("button", toNext, icon("next"), "Next event");
  const jump = iconButton("Jump to a time", "chevron", openJumps, { class: "jump", ...dropdown });
  bar = { switcher, clock, next, jump, said };
  const times = div("time-controls", said, clock, div("split", next, jump));
  document.getElementById("topbar").append(fold, team, switcher, times);
  setInterval(showClock, 1000);
}

/** The actor's name, and the sandbox's date and time where they are. */
export function showClock() {
  if (!bar || !state.sidebar) return;
  const person = me();
  const now = clockNow();
  const { wake_at: wake } = state.sidebar.clock;
  const version = JSON.stringify([person, Math.floor(now / 60), wake]);
  if (bar.version === version) return;
  bar.version = version;
  showActor(person, now);
  const coming = wake > now ? `The next event is due ${dayAndHour(wake, person.tz)}` : "";
  bar.next.title = coming;
  const date = span("date", shortDate(now, person.tz), " ");
  bar.clock.replaceChildren(icon("clock"), date, h("b", {}, hourOf(now, person.tz)));
}

function showActor(person, now) {
  const acting = span("acting", "Acting as ", h("b", {}, person.name));
  const local = h("small", {}, span("actor-title", `${person.title} · `), zoneName(now, person.tz));
  bar.switcher.setAttribute("aria-label", `Acting as ${person.name}`);
  bar.switcher.replaceChildren(avatar(person), span("actor", acting, local), icon("chevron"));
}

async function openSwitcher() {
  const people = [...state.people.values()].filter((person) => !person.deleted);
  const list = menu(bar.switcher, "Act as", people.map(personItem));
  list.classList.add("people");
  await Promise.all(people.map((person) => showUnread(list, person)));
}

function personItem(person) {
  const now = clockNow();
  const where = `${dayAndHour(now, person.tz)} · ${zoneName(now, person.tz)}`;
  const words = span("option-text", h("span", {}, person.name), h("small", {}, person.title));
  const unread = h("span", { class: "count-place", "data-person": person.id });
  const label = [avatar(person), words, span("local", h("small", {}, where), unread)];
  const name = `${person.name}, ${person.title}, ${where}`;
  return { label, name, checked: person.id === state.as, run: () => actAs(person.id) };
}

/** How much each person has not read: a count, never what. */
async function showUnread(list, { id }) {
  const unread = unreadIn(await get("sidebar", { as: id }));
  const place = list.querySelector(`[data-person="${id}"]`);
  const count = h("span", { class: "count strong", title: `${unread} unread` }, String(unread));
  if (unread && place) place.replaceChildren(count);
}

function openJumps() {
  const { tz, name } = me();
  const today = isoDate(clockNow(), tz);
  const weekday = new Date(`${today}T00:00Z`).getUTCDay();
  const monday = addDays(today, (8 - weekday) % 7 || 7);
  const to = (now) => () => move("clock/to", { now });
  const items = [
    { label: "One hour later", run: to(clockNow() + 3600) },
    { label: "Tomorrow 09:00", run: to(momentOf(addDays(today, 1), "09:00", tz)) },
    { label: "Next Monday 09:00", run: to(momentOf(monday, "09:00", tz)) },
  ];
  menu(bar.jump, `Jump to a time (${name}’s)`, items, { align: "end" });
}

/** Moves the sandbox's clock, and says where it went or why it did not. */
async function move(path, body) {
  busy(true);
  const answer = await post(path, body);
  await refreshAll();
  busy(false);
  const { tz, name } = me();
  if (answer.moved) bar.said.textContent = `Moved to ${dayAndHour(answer.now, tz)} for ${name.split(" ")[0]}`;
  else toast(answer.reason ?? sentence(answer.error), answer.ok ? "info" : "error");
}

function busy(is) {
  bar.next.disabled = is;
  bar.jump.disabled = is;
  bar.next.setAttribute("aria-busy", String(is));
  if (is) bar.said.textContent = "";
}

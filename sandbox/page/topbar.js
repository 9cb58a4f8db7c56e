import { get, post, sentence } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { refreshAll } from "./live.js";
import { menu } from "./popup.js";
import { actAs } from "./route.js";
import { clockNow, me, state } from "./state.js";
import { avatar } from "./text.js";
import { toast } from "./toast.js";
import { addDays, dayAndHour, hourOf, isoDate, momentOf, shortDate, zoneName } from "./time.js";

const dropdown = { type: "button", "aria-haspopup": "menu", "aria-expanded": false };

let bar = null;

export function startTopbar({ toggleSidebar }) {
  const menuButton = h("button", {
    type: "button", class: "icon-button fold", id: "fold", "aria-label": "Conversations", "aria-expanded": false, "aria-controls": "sidebar",
    onclick: toggleSidebar,
  }, icon("menu"));
  const switcher = h("button", { ...dropdown, class: "switcher", onclick: openSwitcher });
  const clock = h("div", { class: "clock", role: "timer", "aria-label": "Sandbox clock", "aria-live": "off" });
  const next = h("button", { type: "button", class: "next", onclick: () => move("clock/next", {}) }, icon("next"), "Next event");
  const jump = h("button", { ...dropdown, class: "jump", "aria-label": "Jump to a time", title: "Jump to a time", onclick: openJumps }, icon("chevron"));
  const said = h("span", { class: "said", role: "status" });
  bar = { switcher, clock, next, jump, said };
  const team = h("div", { class: "team" }, h("span", { class: "team-name" }, state.workspace.team.name), h("span", { class: "team-kind" }, "Sandbox"));
  document.getElementById("topbar").append(menuButton, team, switcher, h("div", { class: "time-controls" }, said, clock, h("div", { class: "split" }, next, jump)));
  setInterval(showClock, 1000);
}

/** The actor's name, and the sandbox's date and time where they are. */
export function showClock() {
  if (!bar || !state.sidebar) return;
  const person = me();
  const now = clockNow();
  const version = [person.id, person.name, person.tz, person.title, Math.floor(now / 60), state.sidebar.clock.wake_at].join();
  if (bar.version === version) return;
  bar.version = version;
  showActor(person, now);
  const { wake_at: wake } = state.sidebar.clock;
  const coming = wake > now ? `The next event is due ${dayAndHour(wake, person.tz)}` : "";
  bar.next.title = coming;
  bar.clock.replaceChildren(icon("clock"), h("span", { class: "date" }, shortDate(now, person.tz)), h("b", {}, hourOf(now, person.tz)));
}

function showActor(person, now) {
  const local = h("small", {}, h("span", { class: "actor-title" }, `${person.title} · `), zoneName(now, person.tz));
  bar.switcher.setAttribute("aria-label", `Acting as ${person.name}`);
  bar.switcher.replaceChildren(avatar(person), h("span", { class: "actor" }, h("span", { class: "acting" }, "Acting as ", h("b", {}, person.name)), local), icon("chevron"));
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
  const words = h("span", { class: "option-text" }, h("span", {}, person.name), h("small", {}, person.title));
  const label = [avatar(person), words, h("span", { class: "local" }, h("small", {}, where), h("span", { class: "count-place", "data-person": person.id }))];
  return { label, name: `${person.name}, ${person.title}, ${where}`, checked: person.id === state.as, run: () => actAs(person.id) };
}

/** How much each person has not read: a count, never what. */
async function showUnread(list, { id }) {
  const { channels = [], dms = [], app_dm: app } = await get("sidebar", { as: id });
  const unread = [...channels, ...dms, app ?? {}].reduce((sum, place) => sum + (place.unread ?? 0), 0);
  const place = list.querySelector(`[data-person="${id}"]`);
  if (unread && place) place.replaceChildren(h("span", { class: "count strong", title: `${unread} unread` }, String(unread)));
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
  say(answer);
}

function busy(is) {
  bar.next.disabled = is;
  bar.jump.disabled = is;
  bar.next.setAttribute("aria-busy", String(is));
  if (is) bar.said.textContent = "";
}

function say(answer) {
  const { tz, name } = me();
  if (answer.ok && answer.moved) bar.said.textContent = `Moved to ${dayAndHour(answer.now, tz)} for ${name.split(" ")[0]}`;
  else toast(answer.reason || (answer.error ? sentence(answer.error) : "Nothing is planned."), answer.ok ? "info" : "error");
}

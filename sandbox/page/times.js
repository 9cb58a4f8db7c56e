import { textButton } from "./controls.js";
import { div, h, newId } from "./dom.js";
import { panel } from "./popup.js";
import { clockNow, me, state } from "./state.js";
import { addDays, dayAndHour, hourOf, isoDate, momentOf, zoneName } from "./time.js";
import { play, SPEEDS, toMoment } from "./travel.js";

const HOUR = 3600;
const DAY = 86400;

/** Everything about time: what is next, plus an hour or a day, to a moment in somebody's zone, and play. */
export function openTimes(anchor) {
  const { tz, name } = me();
  const box = panel(anchor, "Jump to a time", { align: "end" });
  const go = (work) => () => {
    box.hidePopover();
    work();
  };
  box.classList.add("times");
  box.append(
    h("p", { class: "times-next" }, whatIsNext(tz)),
    div("times-jumps", jumps(tz).map(([label, moment]) => textButton(label, "", go(() => toMoment(moment()))))),
    h("h3", {}, "To a moment"), momentForm(tz, go),
    h("h3", {}, "Play"),
    div("times-jumps", SPEEDS.map((speed) => textButton(speed.name, "", go(() => play(speed))))),
    h("small", {}, `Tomorrow and Monday are ${name}’s. On the way the clock stops at whatever is due, and it moves `
      + `only when ${state.workspace.app.name} has nothing left to send.`),
  );
  box.querySelector("button").focus();
}

function whatIsNext(tz) {
  const { wake_at: wake, in_flight: sending } = state.sidebar.clock;
  const now = clockNow();
  if (sending) return `${sending} ${sending === 1 ? "message is" : "messages are"} being sent just now.`;
  if (!wake) return "Nothing is planned.";
  return wake > now ? `Next event: ${dayAndHour(wake, tz)}, in ${span(wake - now)}.` : "Something is due now.";
}

function span(seconds) {
  const [days, hours, minutes] = [seconds / DAY, (seconds % DAY) / HOUR, (seconds % HOUR) / 60].map(Math.floor);
  if (days) return `${days} d ${hours} h`;
  return hours ? `${hours} h ${minutes} min` : `${Math.max(1, minutes)} min`;
}

function jumps(tz) {
  const today = isoDate(clockNow(), tz);
  const weekday = new Date(`${today}T00:00Z`).getUTCDay();
  const monday = addDays(today, (8 - weekday) % 7 || 7);
  return [
    ["Plus an hour", () => clockNow() + HOUR],
    ["Plus a day", () => clockNow() + DAY],
    ["Tomorrow 09:00", () => momentOf(addDays(today, 1), "09:00", tz)],
    ["Next Monday 09:00", () => momentOf(monday, "09:00", tz)],
  ];
}

function momentForm(tz, go) {
  const now = clockNow() + HOUR;
  const field = (type, name, value) => (
    h("input", { type, class: "text", "aria-label": name, required: true, value })
  );
  const date = field("date", "Date", isoDate(now, tz));
  const hour = field("time", "Time", hourOf(now, tz));
  const id = newId("zones");
  const zone = h("select", { class: "text", "aria-label": "Zone", id }, zones().map((each) => (
    h("option", { value: each, selected: each === tz }, zoneName(now, each))
  )));
  const submit = (event) => {
    event.preventDefault();
    go(() => toMoment(momentOf(date.value, hour.value, zone.value)))();
  };
  return h("form", { class: "times-moment", onsubmit: submit }, date, hour, zone,
    h("button", { type: "submit", class: "button primary" }, "Go"));
}

/** The zones of the people here, and the world's. */
const zones = () => [...new Set([...[...state.people.values()].map(({ tz }) => tz), "UTC"])];

import { iconButton, setOff } from "./controls.js";
import { div, h, span } from "./dom.js";
import { icon } from "./icons.js";
import { clockNow, me, state } from "./state.js";
import { openTimes } from "./times.js";
import { dayAndHour, hourOf, shortDate } from "./time.js";
import { onTravel, play, SPEEDS, stop, toNextEvent, travelling } from "./travel.js";

let bar = null;

/** The sandbox's clock, the way to the next event, play, and the way to everything else about time. */
export function timeBar() {
  const said = h("span", { class: "said", role: "status" });
  const progress = span("progress");
  const clock = h("div", { class: "clock", role: "timer", "aria-label": "Sandbox clock", "aria-live": "off" });
  const next = h("button", { type: "button", class: "next", onclick: toNextEvent }, icon("next"), "Next event");
  const jump = iconButton("Jump to a time", "chevron", () => travelling() || openTimes(jump), {
    class: "jump", "aria-haspopup": "dialog", "aria-expanded": false,
  });
  const toggle = iconButton("Play", "play", () => (travelling() ? stop() : play(SPEEDS[0])), {
    class: "icon-button play", title: "Play: next event after next event, until paused",
  });
  bar = { said, progress, clock, next, jump, toggle };
  onTravel(showTravel);
  return div("time-controls", said, progress, clock, toggle, div("split", next, jump));
}

/** The sandbox's date and time where the actor is. */
export function showClock() {
  if (!bar || !state.sidebar) return;
  const { tz } = me();
  const now = clockNow();
  const { wake_at: wake } = state.sidebar.clock;
  const version = JSON.stringify([tz, Math.floor(now / 60), wake]);
  if (bar.version === version) return;
  bar.version = version;
  bar.next.title = wake > now ? `The next event is due ${dayAndHour(wake, tz)}` : "";
  const [year, ...date] = shortDate(now, tz).split(" ").reverse();
  const whole = span("date", date.reverse().join(" "), span("year", ` ${year}`), " ");
  bar.clock.replaceChildren(icon("clock"), whole, h("b", {}, hourOf(now, tz)));
}

function showTravel(trip, words = null) {
  const going = Boolean(trip);
  setOff(bar.next, going);
  setOff(bar.jump, going);
  bar.next.setAttribute("aria-busy", String(going && !trip.playing));
  const [label, name] = going ? ["Pause", "pause"] : ["Play", "play"];
  if (bar.toggle.getAttribute("aria-label") !== label) {
    bar.toggle.setAttribute("aria-label", label);
    bar.toggle.replaceChildren(icon(name));
  }
  setOff(bar.toggle, going && trip.ended);
  bar.said.textContent = words ?? "";
  bar.progress.textContent = going ? progressOf(trip) : "";
}

function progressOf({ goal, stops, playing, ended }) {
  const count = stops ? `, ${stops} ${stops === 1 ? "stop" : "stops"}` : "";
  if (ended) return `Pausing${count}…`;
  if (goal) return `On the way to ${dayAndHour(goal, me().tz)}${count}…`;
  return playing ? `Playing${count}…` : "";
}

import { post, sentence } from "./api.js";
import { refreshAll } from "./live.js";
import { clockNow, me } from "./state.js";
import { toast } from "./toast.js";
import { dayAndHour } from "./time.js";

const HEARTBEAT = 1000;

/** How play goes on: from event to event with a pause to read, or evenly, so much sandbox time in each second. */
export const SPEEDS = [
  { name: "Event after event", pause: 1500 },
  { name: "Ten minutes a second", seconds: 600 },
  { name: "An hour a second", seconds: 3600 },
  { name: "A day a second", seconds: 86400 },
];

/**
 * A journey of the sandbox's clock. The server moves it from one due moment to the next, and only when nothing is on
 * its way, so that no app sees a gap; here it is asked to, again and again, until the goal or a reason to stop.
 * @type {{goal: number|null, stops: number, ended: boolean, playing: boolean}|null}
 */
let journey = null;
let changed = () => {};

export const onTravel = (listener) => {
  changed = listener;
};

export const travelling = () => journey;

/** To the next event, wherever it is. */
export const toNextEvent = () => travel({ goal: null, playing: false }, () => move({}));

/** By way of all that is due until then. */
export const toMoment = (goal) => travel({ goal, playing: false }, (trip) => until(trip, goal));

/** Again and again, until somebody says stop or nothing is planned. */
export const play = (speed) => travel({ goal: null, playing: true }, async (trip) => {
  for (;;) {
    const began = performance.now();
    const answer = speed.seconds ? await until(trip, clockNow() + speed.seconds) : await move({}, trip);
    if (!answer.moved || trip.ended) return answer;
    const rest = (speed.pause ?? HEARTBEAT) - (performance.now() - began);
    await new Promise((done) => { setTimeout(done, Math.max(0, rest)); });
    if (trip.ended) return answer;
  }
});

export function stop() {
  if (journey) journey.ended = true;
  changed(journey);
}

async function travel(plan, go) {
  if (journey) return;
  journey = { ...plan, stops: 0, ended: false };
  changed(journey);
  const trip = journey;
  const answer = await go(trip);
  await refreshAll();
  journey = null;
  changed(null, told(answer, trip));
}

async function until(trip, goal) {
  for (;;) {
    const answer = await move({ until: goal }, trip);
    if (!answer.moved || answer.now >= goal || trip.ended) return answer;
  }
}

async function move(body, trip = journey) {
  const answer = await post("clock/next", body);
  if (answer.moved) trip.stops += 1;
  changed(trip, null, answer);
  return answer;
}

/** Where it went, as words for the bar; or why it did not move, as a notice. */
function told(answer, { stops, playing }) {
  const { tz, name } = me();
  const moved = answer.moved || stops > 0;
  if (!answer.moved) toast(answer.reason ?? sentence(answer.error), answer.ok ? "info" : "error");
  if (!moved) return "";
  const count = stops > 1 ? `, ${stops} stops` : "";
  const where = `${dayAndHour(answer.now ?? clockNow(), tz)} for ${name.split(" ")[0]}`;
  return `${playing ? "Played" : "Moved"} to ${where}${count}`;
}

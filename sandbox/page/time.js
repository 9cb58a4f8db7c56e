import { clockNow } from "./state.js";

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

const WHOLE = {
  year: "numeric", month: "long", day: "numeric", weekday: "long",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
};

/** The parts of a moment as a calendar and a wall clock in `zone` show them. */
function parts(unix, zone) {
  const found = format(zone, WHOLE).formatToParts(unix * 1000);
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

/** "09:30" */
export function hourOf(unix, zone) {
  const { hour, minute } = parts(unix, zone);
  return `${hour}:${minute}`;
}

/** "Mon 09:30:05" */
export const dayAndSecond = (unix, zone) => `${dayAndHour(unix, zone)}:${parts(unix, zone).second}`;

/** "Mon 09:30", the form in which the page speaks of moments near now. */
export const dayAndHour = (unix, zone) => `${parts(unix, zone).weekday.slice(0, 3)} ${hourOf(unix, zone)}`;

/** "Mon 24 Nov 2025" */
export function shortDate(unix, zone) {
  const { weekday, day, month, year } = parts(unix, zone);
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)} ${year}`;
}

/** "2025-11-24" */
export function isoDate(unix, zone) {
  const shown = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(unix * 1000);
  return shown.split("/").reverse().join("-");
}

/** "Today", "Yesterday" or "Friday, 21 November": the divider between two days of messages. */
export function dayName(unix, zone) {
  const near = nearDay(unix, zone);
  if (near) return near[0].toUpperCase() + near.slice(1);
  const { weekday, day, month, year } = parts(unix, zone);
  const thisYear = parts(clockNow(), zone).year;
  return `${weekday}, ${day} ${month}${year === thisYear ? "" : ` ${year}`}`;
}

/** "Monday, 24 November 2025" */
export function dayOf(unix, zone) {
  const { weekday, day, month, year } = parts(unix, zone);
  return `${weekday}, ${day} ${month} ${year}`;
}

/** "Lisbon, UTC+1" */
export function zoneName(unix, zone) {
  const city = zone.split("/").pop().replaceAll("_", " ");
  const found = format(zone, { timeZoneName: "shortOffset" }).formatToParts(unix * 1000);
  const offset = found.find((part) => part.type === "timeZoneName").value;
  return `${city}, ${offset.replace("GMT", "UTC")}`;
}

/** Unix seconds of a wall-clock moment in `zone`; in a gap it moves on by the size of the gap. */
export function momentOf(date, hour, zone) {
  const wanted = Date.parse(`${date}T${hour}:00Z`) / 1000;
  const shown = (unix) => Date.parse(`${isoDate(unix, zone)}T${hourOf(unix, zone)}:00Z`) / 1000;
  const guess = wanted - (shown(wanted) - wanted);
  return guess - (shown(guess) - wanted);
}

const DAY = 86400;

/** The calendar date `days` after `date` ("2025-11-24"). */
export const addDays = (date, days) => isoDate(Date.parse(`${date}T00:00Z`) / 1000 + days * DAY, "UTC");

function nearDay(unix, zone) {
  const today = isoDate(clockNow(), zone);
  const day = isoDate(unix, zone);
  return { [addDays(today, -1)]: "yesterday", [today]: "today", [addDays(today, 1)]: "tomorrow" }[day];
}

function ordinal(day) {
  const ending = day % 100 > 10 && day % 100 < 14 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th";
  return `${day}${ending}`;
}

function ago(unix) {
  const seconds = clockNow() - unix;
  const units = [[DAY, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
  const [size, unit] = units.find(([length]) => Math.abs(seconds) >= length) ?? units.at(-1);
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.round(seconds / size), unit);
}

/** Slack's date tokens, such as "{date_short_pretty} at {time}", in the reader's zone. */
export function formatDate(unix, pattern, zone) {
  const { year, month, day, weekday, second } = parts(unix, zone);
  const date = `${month} ${ordinal(Number(day))}, ${year}`;
  const short = `${month.slice(0, 3)} ${day}, ${year}`;
  const near = nearDay(unix, zone);
  const tokens = {
    date_num: isoDate(unix, zone), date, date_short: short, date_long: `${weekday}, ${date}`,
    date_pretty: near ?? date, date_short_pretty: near ?? short, date_long_pretty: near ?? `${weekday}, ${date}`,
    time: hourOf(unix, zone), time_secs: `${hourOf(unix, zone)}:${second}`, ago: ago(unix),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => tokens[name] ?? whole);
}

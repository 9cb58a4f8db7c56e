import { get } from "../api.js";
import { iconButton, textButton } from "../controls.js";
import { div, h, span } from "../dom.js";
import { me } from "../state.js";
import { dayAndSecond } from "../time.js";
import { showDetail } from "./detail.js";
import { column, LongList } from "./list.js";
import { about, outcome, took } from "./words.js";

const EVERY = 700;
const MOST = 10_000;
const MOST_OPEN = 50;
const KINDS = [
  ["", "All"], ["call", "Calls"], ["event", "Events"], ["interaction", "Interactions"], ["command", "Commands"],
];
const OPEN = "traffic";

/** Everything between the sandbox and the app, live. What is shown: the entries from `floor` on that fit the filter. */
const log = {
  rows: [], next: 0, floor: 0, waiting: new Map(), paused: false, kind: "", only: false, words: "", run: 0,
};
let panel = null;

export function startTraffic() {
  const pane = document.getElementById("traffic");
  const chosen = (item) => showDetail(panel.detail, item);
  const list = new LongList({ label: "Traffic, oldest first", draw: line, chosen });
  const detail = h("div", { class: "traffic-detail", role: "region", "aria-label": "Entry", tabindex: 0 });
  const count = span("traffic-count");
  panel = { pane, list, detail, count };
  pane.append(head(), div("traffic-body", list.node, detail));
  pane.addEventListener("keydown", (event) => {
    const clearsSearch = event.target.type === "search" && event.target.value;
    if (event.key === "Escape" && !event.defaultPrevented && !clearsSearch) toggleTraffic(false);
  });
  document.addEventListener("visibilitychange", poll);
  if (sessionStorage.getItem(OPEN)) setOpen(true);
}

/** With the focus in the list, so that keys move in it at once; closed, the focus is where it was before. */
export function toggleTraffic(open = panel.pane.hidden) {
  const { activeElement: now, body } = document;
  const button = document.getElementById("traffic-button");
  setOpen(open);
  if (open) panel.from = now === body ? button : now;
  if (open) panel.list.node.focus();
  else (panel.from?.isConnected ? panel.from : button).focus();
}

function setOpen(open) {
  panel.pane.hidden = !open;
  if (open) sessionStorage.setItem(OPEN, "1");
  else sessionStorage.removeItem(OPEN);
  document.getElementById("traffic-button").setAttribute("aria-expanded", String(open));
  if (!panel.detail.firstChild) blank();
  poll();
}

function blank() {
  panel.detail.replaceChildren(div("nothing", "Choose a line to see what was sent, what was answered, and why."));
}

function head() {
  const name = { placeholder: "Search", "aria-label": "Search the traffic" };
  const words = h("input", { type: "search", class: "text", ...name });
  let typing = null;
  words.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => search(words.value.trim()), 250);
  });
  const only = h("input", { type: "checkbox", id: "only-refusals" });
  only.addEventListener("change", () => filter({ only: only.checked }));
  const pause = textButton("Pause", "small", () => {
    log.paused = !log.paused;
    pause.textContent = log.paused ? "Resume" : "Pause";
    poll();
  });
  const clear = textButton("Clear", "small", () => {
    Object.assign(log, { rows: [], floor: log.next });
    panel.list.active = null;
    blank();
    show();
  });
  return h("header", { class: "traffic-head" },
    h("h2", {}, "Traffic"), panel.count, kinds(),
    h("label", { class: "check", for: "only-refusals" }, only, "Only refusals"), words, pause, clear,
    iconButton("Close traffic", "close", () => toggleTraffic(false)));
}

function kinds() {
  const radio = ([value, label]) => h("label", {},
    h("input", {
      type: "radio", name: "traffic-kind", value, checked: !value, onchange: () => filter({ kind: value }),
    }),
    h("span", {}, label));
  return h("div", { class: "segments", role: "radiogroup", "aria-label": "Kind" }, KINDS.map(radio));
}

function filter(wish) {
  Object.assign(log, wish);
  show();
}

/** Looks for words anywhere in the entries; that is the server's work, so everything is read again. */
function search(words) {
  Object.assign(log, { words, rows: [], next: log.floor });
  log.waiting.clear();
  show();
  poll();
}

/** Reads on, and again after a while: at once while there is more. One run at a time; a newer one ends the older. */
async function poll() {
  log.run += 1;
  const { run } = log;
  while (run === log.run && !panel.pane.hidden && !log.paused && document.visibilityState !== "hidden") {
    const isMore = await read(run);
    await new Promise((done) => { setTimeout(done, isMore ? 0 : EVERY); });
  }
}

async function read(run) {
  const again = [...log.waiting.keys()].slice(-MOST_OPEN).join(",");
  const data = await get("traffic", { since: log.next, again, q: log.words }).catch(() => null);
  if (!data?.rows || run !== log.run) return false;
  log.next = data.next;
  for (const row of data.again) renew(row);
  for (const row of data.rows) add(row);
  if (log.rows.length > MOST) log.rows = log.rows.slice(-MOST);
  if (data.rows.length || data.again.length || panel.count.textContent === "") show();
  return data.next < data.count;
}

function add(row) {
  log.rows.push(row);
  if (row.is_open) log.waiting.set(row.n, row);
}

function renew(row) {
  const old = log.waiting.get(row.n);
  const changed = JSON.stringify(old) !== JSON.stringify(row);
  Object.assign(old, row);
  if (!row.is_open) log.waiting.delete(row.n);
  if (changed && panel.list.active?.n === row.n) showDetail(panel.detail, row);
}

function show() {
  const shown = log.rows.filter((row) => (!log.kind || row.kind === log.kind) && (!log.only || row.refused));
  panel.list.fill(shown);
  const refused = shown.filter((row) => row.refused).length;
  panel.count.textContent = `${shown.length.toLocaleString("en")} shown, ${refused} refused`;
}

const DIRECTION = { call: ["from the app", "←"] };

function line(row) {
  const [said, arrow] = DIRECTION[row.kind] ?? ["to the app", "→"];
  return [
    column("when", dayAndSecond(row.at, me().tz)),
    column("way", h("span", { "aria-hidden": "true" }, arrow), h("span", { class: "unseen" }, said)),
    column("what", row.name),
    column("about", about(row)),
    column("took", took(row)),
    column(`outcome${row.refused ? " bad" : ""}`, outcome(row)),
  ];
}

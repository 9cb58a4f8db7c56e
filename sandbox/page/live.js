import { Unreachable } from "./api.js";
import { keepFocus } from "./dom.js";
import { channelId, state } from "./state.js";

/** @type {Map<string, {load: () => Promise<any>, show: (data: any) => void, wanted: number, run: Promise|null}>} */
const parts = new Map();
const listeners = new Set();
let source = null;
let tried = () => {};

/** Registers a part of the page: how its data is read, and how it is shown. */
export function part(name, load, show) {
  parts.set(name, { load, show, wanted: 0, run: null });
}

/** Reads and shows a part again. Calls made meanwhile are folded into one more reading. */
export function refresh(name) {
  const wanted = parts.get(name);
  wanted.wanted += 1;
  wanted.run ??= settle(wanted);
  return wanted.run;
}

/** For whom and where data is read. Not the address: it changes a moment before the page has followed it. */
const where = () => JSON.stringify([state.as, state.place, state.thread]);

async function settle(wanted) {
  try {
    for (let seen = -1; seen !== wanted.wanted; ) {
      seen = wanted.wanted;
      await read(wanted);
    }
  } finally {
    // At once: a call between the last reading and the end would be folded into a run that is over.
    wanted.run = null;
  }
}

async function read({ load, show }) {
  const asked = where();
  try {
    const data = await load();
    offline(false);
    if (asked === where()) keepFocus(() => show(data));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    offline(true);
  }
}

export const refreshAll = () => Promise.all([...parts.keys()].map(refresh));

/** Calls `heard` with each notice the sandbox has for the actor. */
export const onNotice = (heard) => listeners.add(heard);

/**
 * Follows the actor's changes; resolves once they are heard, or cannot be for now. What is read after that misses
 * nothing. A hidden tab lets go of its stream: browsers allow few of them at a time.
 */
export function follow() {
  source?.close();
  source = null;
  tried();
  if (document.visibilityState === "hidden") return Promise.resolve();
  source = new EventSource(`page/changes?as=${encodeURIComponent(state.as)}`);
  source.onmessage = ({ data }) => changed(JSON.parse(data));
  return new Promise((resolve) => {
    tried = resolve;
    watch(source, resolve);
  });
}

/** When the stream opens only after it was tried before, everything is read again: something may have changed. */
function watch(stream, done) {
  let before = false;
  const heard = (open) => {
    offline(!open);
    if (open && before) refreshAll();
    before = true;
    done();
  };
  stream.onopen = () => heard(true);
  stream.onerror = () => heard(false);
}

document.addEventListener("visibilitychange", async () => {
  if (!state.as) return;
  await follow();
  if (source) refreshAll();
});

function changed({ what, notice }) {
  if (notice) for (const heard of listeners) heard(notice);
  for (const name of what) {
    if (name === "clock") refresh("sidebar");
    else if (name.startsWith("conversation:")) refreshConversation(name.slice("conversation:".length));
    else if (parts.has(name)) refresh(name);
  }
}

function refreshConversation(id) {
  refresh("sidebar");
  if (state.place === "threads") refresh("threads");
  if (id !== channelId()) return;
  refresh("conversation");
  if (state.thread) refresh("thread");
}

function offline(is) {
  document.getElementById("offline").hidden = !is;
}

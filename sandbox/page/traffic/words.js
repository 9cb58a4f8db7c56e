import { nameOf, state } from "../state.js";

/** How long the app (or the sandbox, for a call) took, and how often it was tried. */
export function took({ kind, seconds, attempts, is_open: open, acked }) {
  const time = seconds === null ? "" : `${(seconds * 1000).toFixed(seconds < 0.0095 ? 1 : 0)} ms`;
  if (kind === "call") return time;
  const tries = attempts > 1 ? `, attempt ${attempts}` : "";
  if (open) return attempts ? `waits for retry ${attempts}` : "on its way";
  return acked ? `${time}${tries}` : `never${attempts > 1 ? `, ${attempts} attempts` : ""}`;
}

/** "ok", the error's name, or the status. */
export function outcome({ kind, status, error, refused, is_open: open }) {
  if (open) return refused ? error : "…";
  if (refused) return error || String(status);
  return kind === "call" ? "ok" : "acknowledged";
}

/** Who or what an entry is about, by name where the page knows one. */
export function about({ about: { ids, text } }) {
  return [...ids.map(named), text].filter(Boolean).join(" · ");
}

function named(id) {
  const channel = state.sidebar?.channels.find((one) => one.id === id);
  if (channel) return `#${channel.name}`;
  return id.startsWith("D") ? "direct message" : nameOf(id);
}

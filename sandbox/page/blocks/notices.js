import { div, h, span } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../links.js";
import { richText } from "../richtext.js";
import { textNode } from "../text.js";

/** Each level has a sign and a word of its own, for those who do not see its colour. */
const LEVELS = {
  default: ["note", "Note"],
  info: ["info", "Information"],
  success: ["check", "Success"],
  warning: ["warning", "Warning"],
  error: ["error", "Error"],
};

export function alert({ text, level = "default" }) {
  const [sign, word] = LEVELS[level] ?? LEVELS.default;
  return div(`level-${level}`, icon(sign), div("alert-text", span("unseen", `${word}: `), textNode(text)));
}

const STATUSES = {
  pending: ["circle", "Waiting"],
  in_progress: ["progress", "In progress"],
  complete: ["check", "Done"],
  error: ["error", "Failed"],
};

export function taskCard(task) {
  const [sign, word] = STATUSES[task.status] ?? STATUSES.pending;
  const title = div("task-title", icon(sign), h("span", {}, task.title), h("small", {}, word));
  const sources = task.sources?.length > 0 && h("ul", { class: "task-sources", "aria-label": "Sources" },
    task.sources.map(({ url, text }) => h("li", {}, link(url, text))));
  const parts = [task.details, task.output].filter(Boolean).map((part) => richText(part));
  return h("div", { class: `task status-${task.status ?? "pending"}` }, title, parts, sources);
}

export function plan({ title, tasks = [] }) {
  const steps = h("ol", { class: "plan-tasks" }, tasks.map((task) => h("li", {}, taskCard(task))));
  return h("section", { "aria-label": title }, div("plan-title", title), steps);
}

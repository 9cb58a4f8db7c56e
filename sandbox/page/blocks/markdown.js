import { div, h } from "../dom.js";
import { parse } from "../markdown/blocks.js";
import { inline } from "../markdown/inline.js";
import { scrolling } from "./tables.js";

/** A markdown block: standard Markdown. HTML in it stays text, and an image becomes a link to it, as in Slack. */
export const markdown = ({ text }) => div("markdown", parse(text).map(draw));

const draw = (part) => DRAW[part.kind](part);

const DRAW = {
  heading: ({ level, text }) => h(`h${Math.min(level + 2, 6)}`, { class: `heading-${level}` }, inline(text)),
  paragraph: ({ text }) => h("p", {}, inline(text)),
  code: ({ text }) => h("pre", { class: "code-block" }, h("code", {}, text)),
  rule: () => h("hr"),
  quote: ({ parts }) => h("blockquote", {}, parts.map(draw)),
  list,
  table,
};

function list({ ordered, start, items }) {
  const tag = ordered ? "ol" : "ul";
  const from = ordered && start !== 1 ? { start } : {};
  const tasks = items.some(({ done }) => done !== null) ? "tasks" : null;
  return h(tag, { class: tasks, ...from }, items.map(item));
}

/** A box of a task list shows a state; nobody can tick it. */
function item({ done, parts }) {
  const box = done !== null && h("input", {
    type: "checkbox", checked: done, disabled: true, "aria-label": done ? "Done" : "Not done",
  });
  const tight = (part) => (part.kind === "paragraph" ? h("span", {}, inline(part.text)) : draw(part));
  return h("li", {}, box, div("item", parts.map(tight)));
}

function table({ head, aligns, rows }) {
  const cell = (tag, props = {}) => (text, column) => (
    h(tag, { class: `align-${aligns[column] ?? "left"} wrapped`, ...props }, inline(text))
  );
  const body = rows.map((cells) => h("tr", {}, head.map((_, column) => cell("td")(cells[column] ?? "", column))));
  const heads = h("tr", {}, head.map(cell("th", { scope: "col" })));
  const name = { "aria-label": `Table: ${head.join(", ")}` };
  return scrolling(name, h("table", { class: "data", ...name }, h("thead", {}, heads), h("tbody", {}, body)));
}

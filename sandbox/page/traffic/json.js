import { div, h, span } from "../dom.js";

const POINTER = /\[json-pointer:([^\]]*)\]/;

/**
 * What a refusal says, as sentences with the places they speak of.
 * @returns {{words: string, path: string[]|null}[]}
 */
export function problemsOf({ errors, response_metadata: more }) {
  const said = [...new Set([...(Array.isArray(errors) ? errors : []), ...(more?.messages ?? [])])];
  return said.filter((each) => typeof each === "string").map((message) => {
    const pointer = POINTER.exec(message)?.[1];
    const words = message.replace(POINTER, "").replace(/^\[ERROR\]\s*/, "").trim();
    return { words, path: pointer === undefined ? null : steps(pointer) };
  });
}

const steps = (pointer) => (
  pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
);

/** Arguments as they were meant: what came as JSON in a form is opened. */
export function opened(args) {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, parsed(value)]));
}

function parsed(value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The path as far as it leads into `thing`; a pointer into a view may begin inside of it. */
export function resolved(thing, path) {
  const starts = [path, ["view", ...path], path.slice(1)];
  const reach = (start) => start.findIndex((_, index) => at(thing, start.slice(0, index + 1)) === undefined);
  const whole = starts.find((start) => start.length && reach(start) === -1);
  if (whole) return whole;
  const missing = reach(path);
  return missing > 0 ? path.slice(0, missing) : null;
}

export const at = (thing, path) => path.reduce((inner, step) => inner?.[step], thing);

/** What stands at a path, in the words of a person: "Block 3 (section, “intro”), at text › type". */
export function nameOfPlace(thing, path) {
  const depth = path.findIndex((step) => /^\d+$/.test(step));
  if (depth === -1) return path.join(" › ");
  const { type, block_id: id } = at(thing, path.slice(0, depth + 1)) ?? {};
  const told = [type, id && `“${id}”`].filter(Boolean).join(", ");
  const rest = path.slice(depth + 1).join(" › ");
  const what = path[depth - 1] === "blocks" ? "Block" : `${path.slice(0, depth).join(" › ")}, number`;
  return `${what} ${Number(path[depth]) + 1}${told ? ` (${told})` : ""}${rest ? `, at ${rest}` : ""}`;
}

/**
 * Indented JSON in which some places are marked, and what they stand in has a line around it.
 * @param {any} thing
 * @param {string[][]} marked paths
 * @param {string[][]} outlined paths
 */
export function jsonView(thing, marked = [], outlined = []) {
  const [wrong, around] = [marked, outlined].map((paths) => new Set(paths.map((path) => JSON.stringify(path))));
  return h("pre", { class: "json", tabindex: 0 }, draw(thing, [], { wrong, around }));
}

function draw(value, path, wanted) {
  const place = JSON.stringify(path);
  const node = value && typeof value === "object" ? list(value, path, wanted) : leaf(value);
  const inner = wanted.wrong.has(place) ? h("mark", { class: "wrong", "data-path": place }, node) : node;
  return wanted.around.has(place) ? span("around", inner) : inner;
}

function list(value, path, wanted) {
  const isArray = Array.isArray(value);
  const entries = Object.entries(value);
  const [before, after] = isArray ? "[]" : "{}";
  if (!entries.length) return before + after;
  const rows = entries.map(([name, inner], index) => div("json-row", !isArray && [span("json-name", name), ": "],
    draw(inner, [...path, name], wanted), index < entries.length - 1 && ","));
  return [before, ...rows, after];
}

const LONG = 400;

/** A value; of a long string its beginning, and how long it is. */
function leaf(value) {
  const kind = `json-${value === null ? "null" : typeof value}`;
  if (typeof value !== "string" || value.length <= LONG) return span(kind, JSON.stringify(value) ?? "");
  const rest = `… (${value.length.toLocaleString("en")} characters)`;
  return [span(kind, JSON.stringify(value.slice(0, LONG))), span("json-rest", rest)];
}

import { s } from "./svg.js";

const HEIGHT = 240;
const MARGIN = { top: 12, right: 12, bottom: 28, left: 46 };
const LETTER = 6.6;
const TICKS = 4;

export const shown = (value) => new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(value);

/** Round steps between two values: 0, 2, 4, 6 rather than 0, 1.7, 3.4. */
function ticks(low, high) {
  const rough = (high - low) / TICKS || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Bars and areas stand on zero; a line whose values lie close together may begin above it. */
function range(type, values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const close = type === "line" && low > 0 && low > high * 0.6;
  return ticks(close ? low : Math.min(0, low), Math.max(0, high));
}

/**
 * The frame of a chart with a value axis and categories: where a value and a category lie, and the lines and labels.
 * @param {{type: string, series: any[], axis_config: any}} chart
 * @param {number} width in pixels
 */
export function frame({ type, series, axis_config: axis }, width) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const marks = range(type, values);
  const bottom = HEIGHT - MARGIN.bottom - (axis.x_label ? 18 : 0);
  const inside = { left: MARGIN.left + (axis.y_label ? 18 : 0), right: width - MARGIN.right, top: MARGIN.top, bottom };
  const [low, high] = [marks[0], marks.at(-1)];
  const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - inside.top);
  const band = (inside.right - inside.left) / axis.categories.length;
  const x = (index) => inside.left + band * (index + 0.5);
  const lines = marks.map((mark) => [
    s("line", { x1: inside.left, x2: inside.right, y1: y(mark), y2: y(mark), class: mark === 0 ? "zero" : "grid" }),
    s("text", { x: inside.left - 8, y: y(mark) + 4, class: "tick value" }, shown(mark)),
  ]);
  const drawn = [lines, categories(axis.categories, { x, band, bottom }), titles(axis, inside)];
  return { x, y, band, bottom: y(Math.max(low, 0)), height: HEIGHT, drawn: s("g", {}, drawn.flat(3)) };
}

/** Labels that would overlap are left out, evenly; the table has them all. */
function categories(names, { x, band, bottom }) {
  const longest = Math.max(...names.map((name) => name.length)) * LETTER + 8;
  const every = Math.ceil(longest / band);
  return names.map((name, index) => (index % every ? null : (
    s("text", { x: x(index), y: bottom + 18, class: "tick category" }, name)
  )));
}

function titles({ x_label: below, y_label: beside }, { left, right, top, bottom }) {
  const middle = (top + bottom) / 2;
  return [
    below ? s("text", { x: (left + right) / 2, y: HEIGHT - 4, class: "axis-title" }, below) : null,
    beside ? s("text", { x: 12, y: middle, transform: `rotate(-90 12 ${middle})`, class: "axis-title" }, beside) : null,
  ];
}

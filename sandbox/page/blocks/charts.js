import { shown } from "../charts/axes.js";
import { bars, lines, marker, percent, pie } from "../charts/plots.js";
import { fillOf, fills, s } from "../charts/svg.js";
import { div, h, newId, span } from "../dom.js";

const PLOTS = { bar: bars, line: lines, area: lines, pie };
const KIND = { bar: "Bar chart", line: "Line chart", area: "Area chart", pie: "Pie chart" };

/** A chart as a drawing for the eye, with its numbers as a table for everyone. */
export function chart({ title, chart: drawn }) {
  const id = newId("chart");
  const svg = s("svg", { role: "img", "aria-label": `${KIND[drawn.type]}: ${title}`, class: "plot" });
  const place = div("plot-place", svg);
  new ResizeObserver(([{ contentRect }]) => plot(svg, drawn, contentRect.width, id)).observe(place);
  const key = drawn.type === "pie" || drawn.series.length > 1 ? legend(drawn, `${id}-key`) : null;
  const numbers = h("details", { class: "numbers", "aria-label": `Numbers of ${title}` },
    h("summary", {}, "Show the numbers"), numbersTable(title, drawn));
  const body = div(drawn.type === "pie" ? "chart-body round" : "chart-body", place, key);
  return h("figure", {}, h("figcaption", { class: "chart-title" }, title), body, numbers);
}

function plot(svg, drawn, room, id) {
  if (room < 1) return;
  const { height, width = room, nodes } = PLOTS[drawn.type](drawn, { width: room, id });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  svg.replaceChildren(...nodes);
}

function legend(drawn, id) {
  if (drawn.type === "pie") return pieLegend(drawn, id);
  const rows = drawn.series.map(({ name }, index) => (
    h("li", {}, drawn.type === "line" ? pointSign(index) : fillSign(index, id), name)
  ));
  return h("ul", { class: "legend" }, rows);
}

function pieLegend({ segments }, id) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const share = (value) => span("share", `${shown(value)} · ${percent(value / total)}`);
  const row = ({ label, value }, index) => (
    h("li", {}, fillSign(index, id), span("share-name", label), share(value))
  );
  return h("ul", { class: "legend shares" }, segments.map(row));
}

const SIGN = { viewBox: "0 0 18 18", class: "sign", "aria-hidden": "true" };

const pointSign = (index) => s("svg", SIGN, marker(index, 9, 9));

const fillSign = (index, id) => s("svg", SIGN, fills(`${id}${index}`, index + 1),
  s("rect", { x: 1, y: 1, width: 16, height: 16, rx: 4, fill: fillOf(`${id}${index}`, index) }));

function numbersTable(title, drawn) {
  const head = (words, scope) => h("th", { scope }, words);
  const value = (one) => h("td", { class: "align-right" }, one ? shown(one.value) : "");
  const rows = drawn.type === "pie"
    ? drawn.segments.map((segment) => [head(segment.label, "row"), value(segment)])
    : drawn.axis_config.categories.map((name, index) => (
      [head(name, "row"), ...drawn.series.map(({ data }) => value(data[index]))]
    ));
  const columns = drawn.type === "pie" ? ["Value"] : drawn.series.map(({ name }) => name);
  const corner = drawn.axis_config?.x_label ? head(drawn.axis_config.x_label, "col") : h("td");
  const heads = [corner, ...columns.map((name) => head(name, "col"))];
  return h("table", { class: "data" }, h("caption", { class: "unseen" }, title),
    h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows.map((cells) => h("tr", {}, cells))));
}

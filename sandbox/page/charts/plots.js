import { frame, shown } from "./axes.js";
import { fillOf, fills, KINDS, s, tip } from "./svg.js";

const named = (name, { label, value }) => `${name}, ${label}: ${shown(value)}`;

const GAP = 3;
const WIDEST_BAR = 46;

export function bars(chart, { width, id }) {
  const { x, y, band, bottom, height, drawn } = frame(chart, width);
  const room = Math.min(band * 0.76, WIDEST_BAR * chart.series.length);
  const one = room / chart.series.length;
  const bar = (name, index) => (point, at) => {
    const end = y(point.value);
    const corner = { x: x(at) - room / 2 + one * index, y: Math.min(end, bottom) };
    const size = { width: Math.max(1, one - GAP), height: Math.max(1, Math.abs(end - bottom)) };
    return s("rect", { ...corner, ...size, rx: 2, fill: fillOf(id, index) }, tip(named(name, point)));
  };
  const marks = chart.series.map(({ name, data }, index) => data.map(bar(name, index)));
  return { height, nodes: [fills(id, chart.series.length), drawn, ...marks.flat()] };
}

export function lines(chart, { width, id }) {
  const { x, y, bottom, height, drawn } = frame(chart, width);
  const isArea = chart.type === "area";
  const series = chart.series.map(({ name, data }, index) => {
    const points = data.map(({ value }, at) => [x(at), y(value)]);
    const path = `M${points.map((point) => point.map((one) => one.toFixed(1)).join(" ")).join("L")}`;
    const under = `${path}L${points.at(-1)[0]} ${bottom}L${points[0][0]} ${bottom}Z`;
    const marks = points.map((point, at) => marker(index, ...point, tip(named(name, data[at]))));
    return [
      isArea ? s("path", { d: under, fill: fillOf(id, index), class: "plot-area" }) : null,
      s("path", { d: path, class: `plot-line stroke-${index % KINDS} dash-${index % KINDS}` }), marks,
    ];
  });
  return { height, nodes: [isArea ? fills(id, chart.series.length) : null, drawn, ...series.flat(2)].filter(Boolean) };
}

const SHAPES = [
  (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  (r) => `M0 ${-r * 1.3}L${r * 1.2} ${r}H${-r * 1.2}Z`,
  (r) => `M0 ${-r * 1.4}L${r * 1.4} 0L0 ${r * 1.4}L${-r * 1.4} 0Z`,
  (r) => `M0 ${r * 1.3}L${r * 1.2} ${-r}H${-r * 1.2}Z`,
  (r) => `M${-r * 1.3} ${-r / 2}H${r * 1.3}V${r / 2}H${-r * 1.3}Z`,
];

/** A point of a line: each series has a shape of its own. */
export function marker(index, x, y, title = null) {
  const kind = index % KINDS;
  return s("path", { d: SHAPES[kind](4), transform: `translate(${x} ${y})`, class: `point fill-${kind}` }, title);
}

const SIZE = 200;

export function pie({ segments }, { id }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const radius = SIZE / 2 - 2;
  let turned = 0;
  const slices = segments.map(({ label, value }, index) => {
    const share = value / total;
    const words = `${label}: ${shown(value)} (${percent(share)})`;
    const look = { fill: fillOf(id, index), class: "slice" };
    const d = slice(turned, share, radius);
    turned += share;
    const whole = share > 0.9999;
    return whole ? s("circle", { r: radius, ...look }, tip(words)) : s("path", { d, ...look }, tip(words));
  });
  const middle = s("g", { transform: `translate(${SIZE / 2} ${SIZE / 2})` }, slices);
  return { height: SIZE, width: SIZE, nodes: [fills(id, segments.length), middle] };
}

function slice(from, share, radius) {
  const at = (turn) => {
    const angle = 2 * Math.PI * turn;
    return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
  };
  return `M0 0L${at(from)}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(from + share)}Z`;
}

export const percent = (share) => new Intl.NumberFormat("en", { style: "percent" }).format(share);

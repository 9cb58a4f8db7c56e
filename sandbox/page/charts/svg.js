const SPACE = "http://www.w3.org/2000/svg";

/** Builds an SVG element; numbers are rounded to what a screen can show. */
export function s(tag, attrs = {}, ...children) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attrs)) {
    const shown = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    if (shown !== null) node.setAttribute(name, shown);
  }
  node.append(...children.flat().filter((child) => child !== null));
  return node;
}

/** The name and value that a pointer resting on a mark shows. */
export const tip = (words) => s("title", {}, words);

/** Marks drawn over a series' colour, so that two series differ for those who do not see colours. */
const TEXTURES = [
  null,
  "M-2 2 2 -2M-2 12 12 -2M8 12 12 8",
  "M0 5H10",
  "M-2 8 2 12M-2 -2 12 12M8 -2 12 2",
  "M5 0V10",
  "M0 5H10M5 0V10",
];
export const KINDS = TEXTURES.length;

/** One fill for each series, as a pattern with its texture; `id` makes their names unique on the page. */
export function fills(id, count) {
  return s("defs", {}, Array.from({ length: count }, (_, index) => {
    const texture = TEXTURES[index % KINDS];
    const ground = s("rect", { width: 10, height: 10, class: `fill-${index % KINDS}` });
    const marks = texture && s("path", { d: texture, class: "texture" });
    return s("pattern", { id: `${id}-${index}`, width: 10, height: 10, patternUnits: "userSpaceOnUse" }, ground, marks);
  }));
}

export const fillOf = (id, index) => `url(#${id}-${index})`;

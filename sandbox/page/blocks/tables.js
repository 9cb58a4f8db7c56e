import { iconButton } from "../controls.js";
import { h, newId, span } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "../richtext.js";

const PAGE_SIZE = 5;

/** A table that is wider than the message scrolls by itself, also by keys. */
export const scrolling = (name, table) => (
  h("div", { class: "table-scroll", tabindex: 0, role: "region", ...name }, table)
);

const content = (cell) => (cell.type === "rich_text" ? richText(cell) : cell.text ?? String(cell.value ?? ""));

const words = (cell) => (cell.type === "rich_text" ? richText(cell).textContent : cell.text ?? "");

const isNumber = (cell) => cell?.type === "raw_number";

/** The first row heads the columns. Columns align as their settings say; a cell that is not wrapped stays one line. */
export function table({ rows, column_settings: settings = [] }) {
  const looks = (column) => {
    const { align, is_wrapped: wrapped } = settings[column] ?? {};
    return [`align-${align ?? "left"}`, wrapped && "wrapped"].filter(Boolean).join(" ");
  };
  const [head, ...body] = rows;
  const heads = head.map((cell, column) => h("th", { scope: "col", class: looks(column) }, content(cell)));
  const full = (cell, column) => (settings[column]?.is_wrapped ? null : words(cell));
  const row = (cells) => h("tr", {}, cells.map((cell, column) => (
    h("td", { class: looks(column), title: full(cell, column) }, content(cell))
  )));
  const name = { "aria-label": `Table: ${head.map(words).join(", ")}` };
  const top = h("thead", {}, h("tr", {}, heads));
  const drawn = h("table", { class: "data", ...name }, top, h("tbody", {}, body.map(row)));
  return h("div", {}, scrolling(name, drawn));
}

/** A table with a caption, sorting and pages. What the person sorted by and turned to stays when it is drawn anew. */
export function dataTable(block, { surface }) {
  const key = `table/${block.block_id}`;
  const seen = { page: 0, column: null, falling: false, ...surface.seen.get(key) };
  const size = block.page_size ?? PAGE_SIZE;
  const [head, ...body] = block.rows;
  const pages = Math.ceil(body.length / size);
  seen.page = Math.min(seen.page, pages - 1);
  const caption = h("caption", { id: newId("caption") }, block.caption);
  const heading = h("tr", {});
  const rows = h("tbody", {});
  const footer = pages > 1 ? pager(pages, (step) => show({ page: seen.page + step })) : null;

  const show = (change) => {
    surface.seen.set(key, Object.assign(seen, change));
    heading.replaceChildren(...head.map((cell, column) => columnHead(cell, column, { seen, body, show })));
    const from = seen.page * size;
    const shown = sorted(body, seen).slice(from, from + size);
    rows.replaceChildren(...shown.map((cells) => bodyRow(cells, block.row_header_column_index ?? 0)));
    footer?.show(seen.page, from + 1, from + shown.length, body.length);
  };
  show({});
  const drawn = h("table", { class: "data wide" }, caption, h("thead", {}, heading), rows);
  return h("div", {}, scrolling({ "aria-labelledby": caption.id }, drawn), footer?.node);
}

function bodyRow(cells, header) {
  return h("tr", {}, cells.map((cell, column) => {
    const looks = { class: isNumber(cell) ? "align-right" : "" };
    return column === header ? h("th", { scope: "row", ...looks }, content(cell)) : h("td", looks, content(cell));
  }));
}

/** A column's head sorts by it: up, then down, then as the app sent it. */
function columnHead(cell, column, { seen, body, show }) {
  const mine = seen.column === column;
  const order = !mine ? "none" : seen.falling ? "descending" : "ascending";
  const next = { none: [column, false], ascending: [column, true], descending: [null, false] }[order];
  const sort = ({ currentTarget }) => {
    const at = [...currentTarget.closest("tr").children].indexOf(currentTarget.closest("th"));
    const row = currentTarget.closest("tr");
    show({ column: next[0], falling: next[1], page: 0 });
    row.children[at].querySelector("button").focus();
  };
  const right = isNumber(body[0]?.[column]) ? "align-right" : "";
  return h("th", { scope: "col", class: right, "aria-sort": order },
    h("button", { type: "button", class: `sort sort-${order}`, onclick: sort }, content(cell), icon("chevron")));
}

function sorted(body, { column, falling }) {
  if (column === null) return body;
  const compare = (one, other) => {
    const [a, b] = [one[column], other[column]];
    if (isNumber(a) && isNumber(b)) return a.value - b.value;
    return words(a).localeCompare(words(b), "en", { numeric: true });
  };
  return body.toSorted((one, other) => (falling ? -1 : 1) * compare(one, other));
}

function pager(pages, turn) {
  const where = h("span", { role: "status" });
  let turned = null;
  const step = (by) => ({ currentTarget }) => {
    turned = currentTarget;
    turn(by);
  };
  const back = iconButton("Previous page", "back", step(-1));
  const on = iconButton("Next page", "forward", step(1));
  const node = h("div", { class: "pager", role: "group", "aria-label": "Pages" }, where, span("turns", back, on));
  const show = (page, from, to, all) => {
    where.textContent = from === to ? `Row ${from} of ${all}` : `Rows ${from} to ${to} of ${all}`;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
    if (on.disabled && turned === on) back.focus();
    if (back.disabled && turned === back) on.focus();
  };
  return { node, show };
}

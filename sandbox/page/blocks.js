import { alert, plan, taskCard } from "./blocks/notices.js";
import { chart } from "./blocks/charts.js";
import { card, carousel, container } from "./blocks/groups.js";
import { markdown } from "./blocks/markdown.js";
import { image, video } from "./blocks/pictures.js";
import { contextActions } from "./blocks/feedback.js";
import { actions, context, header, input, section } from "./blocks/sections.js";
import { dataTable, table } from "./blocks/tables.js";
import { div, h, keyed } from "./dom.js";
import { richText } from "./richtext.js";
import { clockNow, me } from "./state.js";
import { isoDate } from "./time.js";

/**
 * Where a block stands.
 * @typedef {{
 *   surface: import("./surface.js").Surface, error?: string,
 *   inner: (parent: Element, blocks: any[]) => void,
 * }} Place `inner` shows the blocks that a block holds.
 */

/**
 * Shows blocks in `parent`. Blocks that did not change keep their nodes; the others are drawn anew around what the
 * surface's form remembers.
 * @param {Element} parent
 * @param {any[]} blocks
 * @param {import("./surface.js").Surface} surface
 * @param {Record<string, string>} [errors] sentence by block_id
 */
export function showBlocks(parent, blocks, surface, errors = {}) {
  const known = blocks.map((block, index) => ({ block_id: `block-${index}`, ...block }));
  surface.form.fit(known, surface.channel);
  arrange(parent, known, surface, errors);
}

function arrange(parent, blocks, surface, errors) {
  const { tz } = me();
  const today = isoDate(clockNow(), tz);
  const marks = (block) => (block.child_blocks ? errors : errors[block.block_id]);
  const items = blocks.map((block) => ({ block, error: marks(block), tz, today }));
  const keyOf = ({ block }) => `${block.type}/${block.block_id}`;
  const inner = (within, children) => arrange(within, children, surface, errors);
  keyed(parent, items, keyOf, ({ block, error }) => drawBlock(block, { surface, error, inner }));
}

function drawBlock(block, place) {
  const node = (BLOCKS[block.type] ?? unknown)(block, place);
  node.classList.add("block", `block-${block.type}`);
  if (block.attached) attach(node, block.attached);
  return node;
}

const NAMED = { good: "var(--good)", warning: "var(--warn)", danger: "var(--danger)" };

/** Blocks of an attachment stand behind a bar in its colour. */
function attach(node, { color, is_first: isFirst }) {
  node.classList.add("in-attachment");
  node.classList.toggle("first", isFirst);
  const own = /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace("#", "")}` : "";
  node.style.setProperty("--attached", NAMED[color] ?? own);
}

/** A sentence where something is that this page cannot draw: better than a hole. */
const unknown = ({ type }) => div("unknown", `The sandbox does not draw “${type}” yet.`);

const BLOCKS = {
  section,
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  header,
  image,
  input,
  markdown,
  plan,
  table,
  video,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: chart,
  divider: () => h("hr"),
  rich_text: (block) => richText(block),
  task_card: taskCard,
};

import { div, h, span } from "./dom.js";
import { emojify } from "./emoji.js";
import { link } from "./links.js";
import { channelMention, dateNode, groupMention, userMention } from "./mrkdwn.js";

/** A rich_text block: its texts are literal, nothing in them is markup. */
export const richText = (block) => div("rich-text", nested(block.elements));

/** Slack sends a nested list as neighbours with different indents; here they become lists in lists. */
function nested(elements) {
  const nodes = [];
  let open = [];
  for (const element of elements) {
    const isList = element.type === "rich_text_list";
    open = isList ? open.filter((list) => mayHold(list, element)) : [];
    if (!isList) nodes.push(part(element));
    else if (open.at(-1)?.indent !== (element.indent ?? 0)) {
      const node = list(element, open.length);
      if (open.length) open.at(-1).node.lastElementChild.append(node);
      else nodes.push(node);
      open.push({ node, indent: element.indent ?? 0, style: element.style, length: element.offset ?? 0 });
    }
    if (isList) fill(open.at(-1), element);
  }
  return nodes;
}

/** Whether a list holds what comes next: a deeper list, or more of itself. Numbers go on only if they count on. */
function mayHold(list, { indent = 0, style, offset }) {
  if (list.indent !== indent) return list.indent < indent;
  return list.style === style && (style === "bullet" || offset === list.length);
}

function fill(list, { elements }) {
  list.length += elements.length;
  list.node.append(...elements.map((item) => h("li", {}, h("span", {}, item.elements.map(leaf)))));
}

function list({ style, offset, border }, depth) {
  const start = offset ? { start: offset + 1 } : {};
  const kinds = [`depth-${depth % 3}`, border && "bordered"].filter(Boolean).join(" ");
  return h(style === "ordered" ? "ol" : "ul", { class: kinds, ...start });
}

function part(element) {
  const draw = { rich_text_preformatted: preformatted, rich_text_quote: quote }[element.type];
  return (draw ?? section)(element);
}

const section = (element) => div("rich-section", element.elements.map(leaf));
const quote = (element) => h("blockquote", {}, element.elements.map(leaf));
const preformatted = (element) => h("pre", { class: "code-block" }, h("code", {}, element.elements.map(leaf)));

const LEAVES = {
  text: ({ text }) => text,
  link: ({ url, text }) => link(url, text || url),
  user: ({ user_id: id }) => userMention(id),
  channel: ({ channel_id: id }) => channelMention(id),
  usergroup: ({ usergroup_id: id }) => groupMention(id),
  broadcast: ({ range }) => span("mention me", `@${range}`),
  emoji,
  date: ({ timestamp, format, url, fallback }) => dateNode(timestamp, format, url, fallback),
  color: ({ value }) => color(value),
};

const leaf = (element) => styled(LEAVES[element.type]?.(element) ?? "", element.style);

/** Slack names an emoji, and may give its code points for those that do not know the name. */
function emoji({ name, unicode }) {
  const shown = emojify(`:${name}:`);
  if (!shown.startsWith(":") || !/^[0-9a-f]+(-[0-9a-f]+)*$/i.test(unicode ?? "")) return shown;
  return String.fromCodePoint(...unicode.split("-").map((point) => Number.parseInt(point, 16)));
}

function color(value) {
  const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
  swatch.style.backgroundColor = value;
  return span("color", swatch, value);
}

const TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

const styled = (node, style = {}) => (
  Object.keys(TAGS).filter((name) => style[name]).reduce((inner, name) => h(TAGS[name], {}, inner), node)
);

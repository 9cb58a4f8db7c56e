import { div, h, span } from "./dom.js";
import { emojify } from "./emoji.js";
import { link } from "./links.js";
import { channelMention, dateNode, userMention } from "./mrkdwn.js";

/** A rich_text block: its texts are literal, nothing in them is markup. */
export const richText = (block) => div("rich-text", block.elements.map(part));

function part(element) {
  const draw = { rich_text_list: list, rich_text_preformatted: preformatted, rich_text_quote: quote }[element.type];
  return (draw ?? section)(element);
}

const section = (element) => div("rich-section", element.elements.map(leaf));
const quote = (element) => h("blockquote", {}, element.elements.map(leaf));
const preformatted = (element) => h("pre", { class: "code-block" }, h("code", {}, element.elements.map(leaf)));

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = element.offset ? { start: element.offset + 1 } : {};
  const indent = `indent-${Math.min(element.indent ?? 0, 5)}`;
  return h(tag, { class: indent, ...start }, element.elements.map((item) => h("li", {}, item.elements.map(leaf))));
}

function leaf(element) {
  const nodes = {
    text: () => element.text,
    link: () => link(element.url, element.text || element.url),
    user: () => userMention(element.user_id),
    channel: () => channelMention(element.channel_id),
    usergroup: () => span("mention", "@group"),
    broadcast: () => span("mention me", `@${element.range}`),
    emoji: () => emojify(`:${element.name}:`),
    date: () => dateNode(element.timestamp, element.format, element.url, element.fallback),
  };
  return styled(nodes[element.type]?.() ?? "", element.style);
}

function styled(node, style = {}) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  return Object.keys(tags).filter((name) => style[name]).reduce((inner, name) => h(tags[name], {}, inner), node);
}

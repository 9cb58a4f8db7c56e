import { h } from "../dom.js";
import { emojify } from "../emoji.js";
import { link } from "../links.js";
import { mention } from "../mrkdwn.js";

const WORD = /[\p{L}\p{N}]/u;
const TAGS = { "**": "strong", __: "strong", "*": "em", _: "em", "~~": "s" };

/** What stands inside a line of Markdown, as nodes. Slack keeps single line breaks. */
export function inline(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = special(text, at);
    plain += found ? "" : text[at];
    if (found && plain) nodes.push(plain);
    if (found) {
      nodes.push(found.node);
      plain = "";
    }
    at += found?.length ?? 1;
  }
  return plain ? [...nodes, plain] : nodes;
}

function special(text, at) {
  const read = READERS[text[at]];
  return read ? read(text, at) : null;
}

const READERS = {
  "\\": escaped, "`": code, "*": emphasis, _: emphasis, "~": emphasis, "[": labelled, "!": image, "<": angled,
  h: bare, ":": shortcode, "&": entity,
};

/** Matches `pattern` right at `at`. */
function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function escaped(text, at) {
  const found = match(/\\([!-/:-@[-`{-~])/y, text, at);
  return found && { node: found[1], length: 2 };
}

function code(text, at) {
  const found = match(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, text, at);
  return found && { node: h("code", {}, found[2].replace(/^ (.+) $/, "$1")), length: found[0].length };
}

function emphasis(text, at) {
  const sign = ["**", "__", "~~", "*", "_"].find((one) => text.startsWith(one, at));
  if (!sign || /\s|^$/.test(text[at + sign.length] ?? "")) return null;
  if (sign[0] === "_" && WORD.test(text[at - 1] ?? " ")) return null;
  const end = closing(text, at + sign.length, sign);
  if (end < 0) return null;
  return { node: h(TAGS[sign], {}, inline(text.slice(at + sign.length, end))), length: end + sign.length - at };
}

/** Where the emphasis ends: not after a space, not inside code, and for "_" not inside a word. */
function closing(text, from, sign) {
  const [one, doubled] = [sign[0], sign.length === 2];
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "`") at += (code(text, at)?.length ?? 1) - 1;
    else if (text.startsWith(sign, at)) {
      if (!doubled && text[at + 1] === one) at += 1;
      else if (!(doubled && text[at + 2] === one) && ends(text, at, sign)) return at === from ? -1 : at;
    }
  }
  return -1;
}

const ends = (text, at, sign) => (
  !/\s/.test(text[at - 1]) && (sign[0] !== "_" || !WORD.test(text[at + sign.length] ?? " "))
);

const LINK = /\[((?:\\.|`[^`]*`|\[[^\]]*\]|[^\]\\])*)\]\(\s*<?([^\s<>)]*(?:\([^\s()]*\)[^\s<>)]*)*)>?(?:\s+["'(].*?["')])?\s*\)/y;

function labelled(text, at) {
  const found = match(LINK, text, at);
  return found && { node: link(found[2], inline(found[1])), length: found[0].length };
}

/** Slack draws no images of a markdown block: they become links. */
function image(text, at) {
  const found = text[at + 1] === "[" && match(LINK, text, at + 1);
  return found ? { node: link(found[2], found[1] || found[2]), length: found[0].length + 1 } : null;
}

/**
 * An address in angle brackets, or one of Slack's tokens. Whether Slack reads tokens in Markdown is not documented: it
 * is shown as if it did, so that an app that lets them through is seen to.
 */
function angled(text, at) {
  const token = match(/<([@#!][^<>\n|]+)(?:\|([^<>\n]*))?>/y, text, at);
  if (token) return { node: mention(token[1], token[2] ?? ""), length: token[0].length };
  const found = match(/<((?:https?:\/\/|mailto:)[^\s<>]+)>/y, text, at);
  return found && { node: link(found[1], found[1].replace(/^mailto:/, "")), length: found[0].length };
}

function bare(text, at) {
  if (WORD.test(text[at - 1] ?? " ")) return null;
  const found = match(/https?:\/\/[^\s<>*_~`|]*[^\s<>*_~`|.,;:!?)'"\]]/y, text, at);
  return found && { node: link(found[0], found[0]), length: found[0].length };
}

function shortcode(text, at) {
  const found = match(/:[a-z0-9_+'-]+:/y, text, at);
  const shown = found && emojify(found[0]);
  return found && shown !== found[0] ? { node: shown, length: found[0].length } : null;
}

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\u00a0" };

function entity(text, at) {
  const found = match(/&(?:amp|lt|gt|quot|nbsp);/y, text, at);
  return found && { node: ENTITIES[found[0]], length: found[0].length };
}

import { h } from "../dom.js";
import { emojify } from "../emoji.js";
import { link } from "../links.js";
import { mention } from "../mrkdwn.js";

const WORD = /[\p{L}\p{N}]/u;
const TAGS = { "**": "strong", __: "strong", "*": "em", _: "em", "~~": "s" };

/** How deep marks may stand in marks, and how far one may be from its end: nothing sensible goes beyond. */
const DEEPEST = 16;
const FARTHEST = 1000;

/** What stands inside a line of Markdown, as nodes. Slack keeps single line breaks. */
export function inline(text, depth = 0) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = depth < DEEPEST && READERS[text[at]]?.(text, at, depth);
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

/** Backticks that found no partner are not tried again one by one. */
function code(text, at) {
  if (text[at - 1] === "`") return null;
  const found = match(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, text, at);
  return found && { node: h("code", {}, found[2].replace(/^ (.+) $/, "$1")), length: found[0].length };
}

function emphasis(text, at, depth) {
  const sign = ["**", "__", "~~", "*", "_"].find((one) => text.startsWith(one, at));
  if (!sign || /\s|^$/.test(text[at + sign.length] ?? "")) return null;
  if (sign[0] === "_" && WORD.test(text[at - 1] ?? " ")) return null;
  const end = closing(text, at + sign.length, sign);
  if (end < 0) return null;
  return { node: h(TAGS[sign], {}, inline(text.slice(at + sign.length, end), depth + 1)), length: end + sign.length - at };
}

/** Where the emphasis ends: not after a space, not inside code, and for "_" not inside a word. */
function closing(text, from, sign) {
  const [one, doubled] = [sign[0], sign.length === 2];
  const limit = Math.min(text.length, from + FARTHEST);
  for (let at = from; at < limit; at += 1) {
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

const TARGET = /\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/y;

/** The label and the address of "[label](address)", and how long it all is. */
function target(text, at) {
  if (!text.includes("](", at)) return null;
  let open = 0;
  for (let end = at; end < Math.min(text.length, at + FARTHEST); end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "`") end += (code(text, end)?.length ?? 1) - 1;
    else if (text[end] === "[") open += 1;
    else if (text[end] === "]" && (open -= 1) === 0) {
      const found = match(TARGET, text, end + 1);
      return found && { label: text.slice(at + 1, end), address: found[1], length: end + 1 - at + found[0].length };
    }
  }
  return null;
}

function labelled(text, at, depth) {
  const found = target(text, at);
  return found && { node: link(found.address, inline(found.label, depth + 1)), length: found.length };
}

/** Slack draws no images of a markdown block: they become links. */
function image(text, at) {
  const found = text[at + 1] === "[" && target(text, at + 1);
  return found ? { node: link(found.address, found.label || found.address), length: found.length + 1 } : null;
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

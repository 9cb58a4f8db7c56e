import { h, span } from "./dom.js";
import { emojify } from "./emoji.js";
import { link } from "./links.js";
import { hrefOf } from "./route.js";
import { channelName, me, nameOf, state } from "./state.js";
import { formatDate } from "./time.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const EMPHASIS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /[\s\u200b]/;

/** Undoes Slack's escaping, once: "&amp;lt;" becomes "&lt;". */
const decode = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/**
 * Slack's mrkdwn as nodes. Lines stay newline characters; the style sheet keeps them.
 * @param {string} text
 * @param {{verbatim?: boolean}} [how] verbatim text links nothing by itself
 */
export function mrkdwn(text, { verbatim = false } = {}) {
  const fragment = document.createDocumentFragment();
  const read = verbatim ? unlinked : special;
  text.split(/```\n?([\s\S]+?)\n?```\n?/).forEach((piece, index) => {
    if (index % 2) fragment.append(h("pre", { class: "code-block" }, h("code", {}, inline(piece, token))));
    else fragment.append(...quoted(piece, read));
  });
  return fragment;
}

/** Splits text into runs of ordinary lines and of lines that begin with ">". */
function quoted(text, read) {
  const rest = /^(?:&gt;|>){3} ?/;
  const mark = /^(?:&gt;|>) ?/;
  let open = false;
  const lines = text.split("\n").map((line) => {
    open ||= rest.test(line);
    const quote = open || mark.test(line);
    return { kind: quote ? "quote" : "plain", line: line.replace(rest, "").replace(quote ? mark : "", "") };
  });
  return runs(lines).flatMap(({ kind, lines: body }) => {
    const nodes = listed(body, read);
    return kind === "quote" ? [h("blockquote", {}, nodes)] : nodes;
  });
}

/** Neighbouring lines of one kind, together. */
function runs(lines) {
  const found = [];
  for (const { kind, line } of lines) {
    if (found.at(-1)?.kind === kind) found.at(-1).lines.push(line);
    else found.push({ kind, lines: [line] });
  }
  return found;
}

/** mrkdwn has no lists; lines that begin with a bullet are shown, and read aloud, as the list they are meant to be. */
function listed(lines, read) {
  const bullet = /^ {0,8}[•◦▪]\s+/;
  const kinds = lines.map((line) => ({ kind: bullet.test(line) ? "list" : "plain", line }));
  return runs(kinds).flatMap(({ kind, lines: body }) => {
    if (kind === "plain") return inline(body.join("\n"), read);
    const item = (line) => h("li", { class: /^ {2}|^ *[◦▪]/.test(line) ? "deeper" : null },
      inline(line.replace(bullet, ""), read));
    return [h("ul", { class: "bullets" }, body.map(item))];
  });
}

/** Everything that stands inside a line; `read` knows what means something (in code, only the <...> tokens). */
function inline(text, read) {
  const nodes = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const found = read(text, at, read);
    if (!found) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) nodes.push(decode(plain));
    plain = "";
    nodes.push(found.node);
    at += found.length;
  }
  return plain ? [...nodes, decode(plain)] : nodes;
}

function special(text, at, read) {
  const sign = text[at];
  if (sign === "<") return token(text, at);
  if (sign === "`") return code(text, at);
  if (sign === ":") return shortcode(text, at);
  if (sign === "h") return bareLink(text, at);
  return sign in EMPHASIS ? emphasis(text, at, read) : null;
}

const unlinked = (text, at, read) => (text[at] === "h" ? null : special(text, at, read));

function code(text, at) {
  const found = /^`([^`\n]+)`/.exec(text.slice(at));
  return found && { node: h("code", {}, inline(found[1], token)), length: found[0].length };
}

function shortcode(text, at) {
  const found = /^:[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?/.exec(text.slice(at, at + 80));
  const shown = found && emojify(found[0]);
  return found && shown !== found[0] ? { node: shown, length: found[0].length } : null;
}

function bareLink(text, at) {
  if (at > 0 && WORD.test(text[at - 1])) return null;
  const found = /^https?:\/\/[^\s<>|*]*[^\s<>|*.,;:!?)'"]/.exec(text.slice(at));
  return found && { node: link(decode(found[0]), decode(found[0])), length: found[0].length };
}

function emphasis(text, at, read) {
  const sign = text[at];
  if (at > 0 && WORD.test(text[at - 1])) return null;
  const end = closing(text, at, sign);
  if (end < 0) return null;
  return { node: h(EMPHASIS[sign], {}, inline(text.slice(at + 1, end), read)), length: end + 1 - at };
}

/** Where the emphasis opened at `at` ends: before a non-word, after a non-space, on the same line. */
function closing(text, at, sign) {
  if (SPACE.test(text[at + 1] ?? " ") || text[at + 1] === sign) return -1;
  for (let end = at + 1; end < text.length && text[end] !== "\n"; end += 1) {
    if (text[end] === "<") end = Math.max(end, text.indexOf(">", end));
    if (text[end] === sign && !SPACE.test(text[end - 1]) && !WORD.test(text[end + 1] ?? " ")) return end;
  }
  return -1;
}

function token(text, at) {
  const found = /^<([^<>\n]+)>/.exec(text.slice(at));
  if (!found) return null;
  const [target, ...rest] = found[1].split("|");
  const label = rest.length ? decode(rest.join("|")) : "";
  return { node: mention(target, label), length: found[0].length };
}

/** One of Slack's tokens, without its angle brackets and label. */
export function mention(target, label) {
  const id = target.slice(1);
  if (target[0] === "@") return userMention(id, label);
  if (target[0] === "#") return channelMention(id, label);
  if (target.startsWith("!date^")) return dateToken(target, label);
  if (target.startsWith("!subteam^")) return groupMention(target.slice("!subteam^".length), label);
  if (target[0] === "!") return span("mention me", `@${id.split("^")[0]}`);
  return link(decode(target), label ? emojify(label) : decode(target).replace(/^mailto:/, ""));
}

export function userMention(id, label = "") {
  const name = nameOf(id);
  const mine = id === state.as;
  return h("span", { class: mine ? "mention me" : "mention" }, `@${name === id && label ? label : name}`);
}

export function groupMention(id, label = "") {
  const group = state.workspace.usergroups.find((one) => one.id === id);
  const mine = group?.members.includes(state.as);
  const name = group ? `@${group.handle}` : label || "@group";
  return h("span", { class: mine ? "mention me" : "mention", title: group?.name }, name);
}

export function channelMention(id, label = "") {
  const name = channelName(id) ?? label;
  if (!name) return span("mention", "private channel");
  return h("a", { class: "mention", href: hrefOf(id) }, `#${name}`);
}

function dateToken(target, fallback) {
  const [, unix, pattern, address] = target.split("^");
  return dateNode(Number(unix), decode(pattern), address && decode(address), fallback);
}

/** A moment in the reader's zone, with the sender's own words for it as a tooltip. */
export function dateNode(unix, pattern, address, fallback) {
  if (!Number.isFinite(unix)) return fallback;
  const shown = formatDate(unix, pattern, me().tz);
  const time = h("time", { datetime: new Date(unix * 1000).toISOString(), title: fallback }, shown);
  return address ? link(address, time) : time;
}

import { emojiOf } from "../emoji.js";

/**
 * Reads what stands in the editor as Slack's rich_text. Lines are one section, as in Slack; each list, quote and code
 * block is a part of its own.
 */
export function readRichText(editor) {
  const reader = new Reader();
  reader.blocks(editor);
  const elements = reader.done();
  return elements.length ? { type: "rich_text", elements } : null;
}

const STYLES = {
  B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code",
};
const FRAMED = new Set(["rich_text_quote", "rich_text_preformatted"]);
const LINES = new Set(["DIV", "P"]);

class Reader {
  constructor() {
    this.parts = [];
    /** The lines of the section being read. */
    this.lines = [];
  }

  blocks(node) {
    let line = [];
    const endLine = (given = true) => {
      if (line.length || given) this.lines.push(line);
      line = [];
    };
    for (const child of node.childNodes) {
      if (child.nodeName === "BR") endLine();
      else if (BLOCKS[child.nodeName] || LINES.has(child.nodeName)) {
        endLine(false);
        if (BLOCKS[child.nodeName]) this.add(...BLOCKS[child.nodeName](child));
        else this.line(child);
      } else line.push(...leaves(child, {}));
    }
    endLine(false);
  }

  /** A line of its own; browsers put a <br> into an empty one, and lists into lines. */
  line(node) {
    const blank = node.childNodes.length === 1 && node.firstChild.nodeName === "BR";
    if (blank) this.lines.push([]);
    else this.blocks(node);
  }

  /** Browsers make each line of a quote or of code a block of its own; here they are one. */
  add(...parts) {
    this.endSection();
    for (const part of parts) {
      const last = this.parts.at(-1);
      if (FRAMED.has(part.type) && last?.type === part.type) {
        last.elements = merged([...last.elements, { type: "text", text: "\n" }, ...part.elements]);
      } else this.parts.push(part);
    }
  }

  endSection() {
    const elements = joined(this.lines);
    if (hasText(elements)) this.parts.push({ type: "rich_text_section", elements });
    this.lines = [];
  }

  done() {
    this.endSection();
    return this.parts;
  }
}

const BLOCKS = {
  UL: (node) => lists(node, "bullet", 0),
  OL: (node) => lists(node, "ordered", 0),
  BLOCKQUOTE: (node) => framed("rich_text_quote", node),
  PRE: (node) => framed("rich_text_preformatted", node),
};

function framed(type, node) {
  const reader = new Reader();
  reader.blocks(node);
  const elements = joined(reader.lines);
  return hasText(elements) ? [{ type, elements }] : [];
}

/** A list, and after it the lists inside its items: Slack nests by indents. */
function lists(node, style, indent) {
  const parts = [];
  const item = (elements) => {
    const last = parts.at(-1);
    const section = { type: "rich_text_section", elements };
    if (last?.style === style && last.indent === indent) last.elements.push(section);
    else parts.push({ type: "rich_text_list", style, indent, elements: [section] });
  };
  for (const child of node.children) {
    const inner = child.nodeName === "LI" ? [...child.children].filter(isList) : [child].filter(isList);
    if (child.nodeName === "LI") {
      const own = [...child.childNodes].filter((one) => !isList(one)).flatMap((one) => leaves(one, {}));
      if (hasText(own)) item(merged(own));
    }
    parts.push(...inner.flatMap((one) => lists(one, one.nodeName === "OL" ? "ordered" : "bullet", indent + 1)));
  }
  return parts;
}

const isList = ({ nodeName }) => nodeName === "UL" || nodeName === "OL";

/** What stands inside a line: text with its styles, links, and what the editor holds whole. */
function leaves(node, style, url = null) {
  if (node.nodeType === Node.TEXT_NODE) return texts(node.data.replace(/[\u200b\u00a0]/g, blankFor), style, url);
  if (node.nodeName === "BR") return [{ type: "text", text: "\n" }];
  if (node.dataset?.leaf) return [styled(JSON.parse(node.dataset.leaf), style)];
  const name = STYLES[node.nodeName];
  const within = name ? { ...style, [name]: true } : style;
  const address = node.nodeName === "A" ? node.getAttribute("href") : url;
  return [...node.childNodes].flatMap((child) => leaves(child, within, address));
}

const blankFor = (sign) => (sign === "\u00a0" ? " " : "");

const styled = (leaf, style) => (Object.keys(style).length ? { ...leaf, style } : leaf);

const PIECES = /(https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"]|:[a-z0-9_+'-]+:)/;

/** Slack's composer makes links of addresses and emoji of their names; code stays as it was typed. */
function texts(text, style, url) {
  if (url) return text ? [styled({ type: "link", url, text }, style)] : [];
  const pieces = style.code ? [text] : text.split(PIECES);
  return pieces.filter(Boolean).map((piece) => {
    if (!style.code && /^https?:/.test(piece) && PIECES.test(piece)) return styled({ type: "link", url: piece }, style);
    const name = !style.code && /^:(.+):$/.exec(piece)?.[1];
    return styled(name && emojiOf(name) ? { type: "emoji", name } : { type: "text", text: piece }, style);
  });
}

/** Lines as one run, with line breaks between them. */
function joined(lines) {
  const trimmed = lines.slice(0, lines.findLastIndex((line) => hasText(line)) + 1);
  const breaks = trimmed.flatMap((line, index) => (index ? [{ type: "text", text: "\n" }, ...line] : line));
  return merged(breaks);
}

/** Neighbouring texts of one style are one text. */
function merged(elements) {
  const found = [];
  for (const element of elements) {
    const last = found.at(-1);
    const alike = last?.type === "text" && element.type === "text"
      && JSON.stringify(last.style) === JSON.stringify(element.style);
    if (alike) found[found.length - 1] = { ...last, text: last.text + element.text };
    else found.push(element);
  }
  return found;
}

const hasText = (elements) => elements.some(({ type, text }) => type !== "text" || text.trim());

import { h } from "../dom.js";
import { richText } from "../richtext.js";

/** The nodes of a rich_text block for the editor: plain tags that browsers edit, and wholes for what they cannot. */
export const writeRichText = (block) => (block?.elements ?? []).flatMap((element) => WRITERS[element.type](element));

const WRITERS = {
  rich_text_section: ({ elements }) => lines(elements).map((line) => h("div", {}, line.length ? line : h("br"))),
  rich_text_quote: ({ elements }) => [h("blockquote", {}, lines(elements).map((line) => h("div", {}, line)))],
  rich_text_preformatted: ({ elements }) => [h("pre", {}, elements.map(({ text }) => text))],
  rich_text_list: ({ style, indent = 0, elements }) => {
    const items = elements.map((item) => h("li", {}, item.elements.map(leaf)));
    const tag = style === "ordered" ? "ol" : "ul";
    return [Array.from({ length: indent }).reduce((inner) => h(tag, {}, inner), h(tag, {}, items))];
  },
};

function lines(elements) {
  const found = [[]];
  for (const element of elements) {
    const [first, ...rest] = element.type === "text" ? element.text.split("\n") : [null];
    found.at(-1).push(leaf(first === null ? element : { ...element, text: first }));
    for (const text of rest) found.push([leaf({ ...element, text })]);
  }
  return found.map((line) => line.filter((node) => node !== ""));
}

const TAGS = { bold: "b", italic: "i", strike: "s", code: "code" };

function leaf(element) {
  const { type, text, url, style = {} } = element;
  const node = type === "text" ? text : type === "link" ? h("a", { href: url }, text || url) : whole(element);
  if (node === "") return node;
  return Object.keys(TAGS).filter((name) => style[name]).reduce((inner, name) => h(TAGS[name], {}, inner), node);
}

/** A mention, an emoji or a date: shown as readers see it, and deleted as one. */
export function whole({ style, ...element }) {
  const shown = richText({ elements: [{ type: "rich_text_section", elements: [element] }] }).firstElementChild;
  return h("span", { contenteditable: "false", "data-leaf": JSON.stringify(element) }, [...shown.childNodes]);
}

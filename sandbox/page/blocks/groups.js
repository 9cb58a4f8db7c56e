import { iconButton } from "../controls.js";
import { div, h, newId, span } from "../dom.js";
import { drawElement } from "../elements.js";
import { icon } from "../icons.js";
import { richText } from "../richtext.js";
import { plain, textNode } from "../text.js";
import { picture } from "./pictures.js";

/** A group of blocks under a title, which may fold. What the person folded stays folded when the app changes it. */
export function container(block, { surface, inner }) {
  const body = div("container-body");
  body.id = newId("container");
  inner(body, block.child_blocks.map((child, index) => ({ block_id: `${block.block_id}-${index}`, ...child })));
  const title = containerTitle(block);
  title.id = `${body.id}-title`;
  const head = block.is_collapsible ? foldingHead(block, surface, title, body) : div("container-head", title);
  const kinds = [`width-${block.width ?? "standard"}`, block.has_header_divider && "divided"].filter(Boolean);
  const names = { class: kinds.join(" "), role: "group", "aria-labelledby": title.id };
  return h("section", names, head, body);
}

function containerTitle(block) {
  const name = block.rich_text_title ? richText(block.rich_text_title) : plain(block.title);
  const subtitle = block.subtitle && h("small", {}, textNode(block.subtitle));
  const words = span("container-words", span("container-title", name), subtitle);
  return span("container-label", block.icon && picture(block.icon, "icon-size"), words);
}

function foldingHead(block, surface, title, body) {
  const key = `folded/${block.block_id}`;
  const folded = () => surface.seen.get(key) ?? Boolean(block.default_collapsed);
  const show = () => {
    body.hidden = folded();
    head.setAttribute("aria-expanded", String(!folded()));
  };
  const turn = () => {
    surface.seen.set(key, !folded());
    show();
  };
  const head = h("button", {
    type: "button", class: "container-head folds", "aria-controls": body.id, onclick: turn,
    "data-focus": `${surface.key}/${block.block_id}/fold`,
  }, icon("chevron"), title);
  show();
  return head;
}

export function card(block, { surface }) {
  const mark = block.icon ? picture(block.icon, "icon-size") : block.slack_icon && slackIcon(block.slack_icon);
  const words = div("card-words", block.title && div("card-title", textNode(block.title)),
    block.subtitle && h("small", {}, textNode(block.subtitle)));
  const head = (mark || block.title || block.subtitle) && div("card-head", mark, words);
  const buttons = block.actions?.length > 0 && div("card-actions", block.actions.map((button) => (
    drawElement(button, { block, surface, attrs: {} })
  )));
  return h("article", { "aria-label": block.title ? block.title.text : "Card" },
    block.hero_image && picture(block.hero_image, "hero"), head,
    block.body && div("card-body", textNode(block.body)),
    block.subtext && div("card-subtext", textNode(block.subtext)), buttons);
}

/** Slack's own icons are not free to copy: where this page has none with that meaning, an emoji stands in. */
const LIKE = {
  check: "check", clipboard: "note", code: "code", comment: "chat", "caret-left": "back", "caret-right": "forward",
  "eye-open": "eye", file: "file", image: "image", info: "info", link: "link", plus: "plus",
  "thumbs-down": "thumb-down", "thumbs-up": "thumb-up", trash: "trash", upload: "upload", user: "people", warning: "warning",
};
const EMOJI = {
  archive: "🗄️", book: "📖", bookmark: "🔖", bot: "🤖", bug: "🐛", calendar: "📅", call: "📞", compass: "🧭", copy: "📑",
  cube: "🧊", download: "📥", edit: "✏️", email: "✉️", "eye-closed": "🙈", flag: "🚩", folder: "📁", gear: "⚙️", globe: "🌐",
  heart: "❤️", help: "❓", key: "🔑", lightbulb: "💡", map: "🗺️", mobile: "📱", "new-window": "↗️", pin: "📌", refine: "🎛️",
  refresh: "🔄", rocket: "🚀", save: "💾", screen: "🖥️", share: "📤", sparkle: "✨", star: "⭐",
  "star-filled": "🌟", tag: "🏷️",
};

const slackIcon = ({ name }) => h("span", { class: "slack-icon", "aria-hidden": true },
  LIKE[name] ? icon(LIKE[name]) : EMOJI[name] ?? icon("note"));

export function carousel(block, place) {
  const cards = block.elements.map((one, index) => {
    const node = card({ block_id: `${block.block_id}-${index}`, ...one }, place);
    node.classList.add("block-card");
    return h("li", {}, node);
  });
  const track = h("ul", { class: "carousel-track", tabindex: 0, "aria-label": "Cards" }, cards);
  const step = (by) => () => track.scrollBy({ left: by * (cards[0].offsetWidth + 12), behavior: "smooth" });
  const back = iconButton("Previous cards", "back", step(-1), { class: "icon-button turn before" });
  const on = iconButton("More cards", "forward", step(1), { class: "icon-button turn after" });
  const settle = () => {
    back.hidden = track.scrollLeft < 4;
    on.hidden = track.scrollLeft > track.scrollWidth - track.clientWidth - 4;
  };
  track.addEventListener("scroll", settle, { passive: true });
  new ResizeObserver(settle).observe(track);
  return h("div", { role: "group", "aria-label": `${cards.length} cards` }, back, track, on);
}

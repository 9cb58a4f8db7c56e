import { h } from "./dom.js";

const NEAR = 40;

/** A part of the page that scrolls by itself, also by keys. */
export const scroller = (label, ...children) => (
  h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": label }, children)
);

/**
 * Keeps what is being read where it is while content comes and goes above and below it; at the end of a conversation
 * it follows what is new.
 * @param {HTMLElement} region
 * @param {HTMLElement} content holds the items, each with a data-ts
 * @param {{isEnd?: () => boolean, scrolled?: (above: number, below: number) => void}} [hooks] `isEnd` tells whether
 *   the last item is the conversation's last; `scrolled` hears how much is hidden above and below
 */
export function keepPlace(region, content, { isEnd = () => true, scrolled = () => {} } = {}) {
  let pinned = true;
  let last = 0;
  let held = [];
  const below = () => region.scrollHeight - region.scrollTop - region.clientHeight;
  const top = () => region.getBoundingClientRect().top;
  const go = () => {
    pinned = true;
    region.scrollTop = region.scrollHeight;
  };
  const hold = () => {
    held = inView(content, top()).map((node) => ({ node, at: node.getBoundingClientRect().top - top() }));
  };
  const keep = () => {
    if (pinned && isEnd()) region.scrollTop = region.scrollHeight;
    else {
      const anchor = held.find(({ node }) => node.isConnected);
      if (anchor) region.scrollTop += anchor.node.getBoundingClientRect().top - top() - anchor.at;
    }
    last = region.scrollTop;
  };
  region.addEventListener("scroll", () => {
    const up = region.scrollTop < last;
    last = region.scrollTop;
    if (below() < NEAR) pinned = isEnd();
    else if (up) pinned = false;
    hold();
    scrolled(region.scrollTop, below());
  });
  const sizes = new ResizeObserver(keep);
  sizes.observe(region);
  sizes.observe(content);
  const show = (node) => {
    pinned = false;
    node.scrollIntoView({ block: "center" });
    hold();
  };
  return { go, keep, show, atEnd: () => pinned && isEnd(), look: () => scrolled(region.scrollTop, below()) };
}

const MOST_HELD = 5;

/** The first items that are in view, from the top. */
function inView(content, top) {
  const items = content.querySelectorAll("[data-ts]");
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (items[middle].getBoundingClientRect().bottom <= top) from = middle + 1;
    else to = middle;
  }
  return [...items].slice(from, from + MOST_HELD);
}

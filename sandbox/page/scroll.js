import { h } from "./dom.js";

const NEAR = 40;

/** A part of the page that scrolls by itself, also by keys. */
export const scroller = (label, ...children) => (
  h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": label }, children)
);

/**
 * Keeps a scroller at its end while it grows or shrinks, unless the person has scrolled up to read.
 * @param {HTMLElement} region
 * @param {HTMLElement} content
 * @param {() => void} [arrived] called when the end is in view
 */
export function keepAtEnd(region, content, arrived = () => {}) {
  let pinned = true;
  const distance = () => region.scrollHeight - region.scrollTop - region.clientHeight;
  const go = () => {
    region.scrollTop = region.scrollHeight;
  };
  let last = 0;
  region.addEventListener("scroll", () => {
    const up = region.scrollTop < last;
    last = region.scrollTop;
    if (distance() < NEAR) {
      pinned = true;
      arrived();
    } else if (up) pinned = false;
  });
  const sizes = new ResizeObserver(() => pinned && go());
  sizes.observe(region);
  sizes.observe(content);
  const show = (node) => {
    pinned = false;
    node.scrollIntoView({ block: "center" });
  };
  return { go, show, atEnd: () => pinned };
}

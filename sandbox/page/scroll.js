const NEAR = 40;

/**
 * Keeps a scroller at its end while it grows or shrinks, unless the person has scrolled up to read.
 * @param {HTMLElement} scroller
 * @param {HTMLElement} content
 * @param {() => void} [arrived] called when the end is in view
 */
export function keepAtEnd(scroller, content, arrived = () => {}) {
  let pinned = true;
  const distance = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const go = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener("scroll", () => {
    pinned = distance() < NEAR;
    if (pinned) arrived();
  });
  const sizes = new ResizeObserver(() => pinned && go());
  sizes.observe(scroller);
  sizes.observe(content);
  const show = (node) => {
    pinned = false;
    node.scrollIntoView({ block: "center" });
  };
  return { go, show, atEnd: () => pinned };
}

import { h } from "./dom.js";
import { permalinkHash } from "./route.js";

const ALLOWED = new Set(["http:", "https:", "mailto:"]);

function parsed(address) {
  try {
    const url = new URL(address);
    return ALLOWED.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link, or its plain label if the address is not one a chat may open. Permalinks stay inside the page. */
export function link(address, label, props = {}) {
  const url = parsed(address);
  if (!url) return h("span", {}, label);
  const inside = permalinkHash(url);
  const target = inside ? {} : { target: "_blank", rel: "noopener noreferrer" };
  return h("a", { href: inside ?? url.href, ...target, ...props }, label);
}

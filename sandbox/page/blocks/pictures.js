import { div, h, span } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../links.js";
import { state } from "../state.js";
import { plain } from "../text.js";

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);

/**
 * Where an image may be loaded from: this machine, and nowhere else, because a request would tell another host that
 * somebody is reading. Null for everything else.
 */
function source({ image_url: address, slack_file: file }) {
  if (file) {
    const id = file.id ?? /\bF[A-Z0-9]{5,}\b/.exec(file.url)?.[0];
    return id ? `page/file/${id}?${new URLSearchParams({ as: state.as })}` : null;
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  const near = url && (url.protocol === "data:" || (/^https?:$/.test(url.protocol) && LOOPBACK.has(url.hostname)));
  return near ? url.href : null;
}

/**
 * An image, or in its place a frame with its alternative text.
 * @param {{image_url?: string, slack_file?: {id?: string, url?: string}, alt_text: string}} drawn
 * @param {"large"|"thumb"|"small"|"hero"} size
 */
export function picture(drawn, size) {
  const src = source(drawn);
  if (!src) return frame(drawn, size);
  const node = h("img", { src, alt: drawn.alt_text, loading: "lazy", class: `picture ${size}` });
  node.addEventListener("error", () => node.replaceWith(frame(drawn, size)));
  return node;
}

function frame({ alt_text: alt, image_url: address }, size) {
  const host = address && URL.canParse(address) ? new URL(address).hostname : "";
  const title = host ? `${alt} (not loaded from ${host})` : alt;
  const names = { role: "img", "aria-label": alt, title, class: `no-image ${size}` };
  const words = span("no-image-text", span("no-image-alt", alt), host && h("small", {}, host));
  return h("span", names, icon("image"), size === "small" ? null : words);
}

export function image(block) {
  const caption = block.title && h("figcaption", {}, plain(block.title));
  return h("figure", {}, caption, picture(block, "large"));
}

/** A video is never played here: it would come from another host. */
export function video(block) {
  const still = picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "large");
  const title = block.title_url ? link(block.title_url, plain(block.title)) : h("b", {}, plain(block.title));
  const from = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  const words = div("video-words", title, from && h("small", {}, from),
    block.description && div("video-about", plain(block.description)));
  return h("figure", {}, words, still);
}

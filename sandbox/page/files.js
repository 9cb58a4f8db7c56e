import { div, h, span } from "./dom.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const KILO = 1000;

const addressOf = ({ id }) => `page/file/${id}?as=${encodeURIComponent(state.as)}`;

/** The files of a message: pictures are shown, anything else is a card to download. */
export const attachments = (files) => files.map((file) => {
  if (file.is_deleted) return div("no-image", "This file was deleted.");
  if (!file.is_ready) return div("no-image", `${file.name} is being looked at…`);
  return file.is_image ? picture(file) : card(file);
});

function picture(file) {
  const alt = file.alt_txt || file.title;
  const image = h("img", { src: addressOf(file), alt, loading: "lazy" });
  return h("figure", { class: "file-picture" }, h("figcaption", {}, file.title),
    h("a", { href: addressOf(file), target: "_blank", rel: "noopener", "aria-label": `Open ${file.title}` }, image));
}

function card(file) {
  const about = [file.pretty_type, sizeOf(file.size)].filter(Boolean).join(", ");
  const words = span("file-words", h("b", {}, file.title), h("small", {}, about));
  const props = { class: "file-card", href: addressOf(file), download: file.name };
  return h("a", { ...props, "aria-label": `Download ${file.title}` }, icon("file"), words);
}

function sizeOf(bytes) {
  if (bytes < KILO) return `${bytes} bytes`;
  return bytes < KILO * KILO ? `${Math.round(bytes / KILO)} kB` : `${(bytes / KILO / KILO).toFixed(1)} MB`;
}

import { showBlocks } from "../blocks.js";
import { div, h } from "../dom.js";
import { messageSurface } from "../surface.js";
import { at, nameOfPlace } from "./json.js";

/** The blocks in which the marked places are, as paths, each once. */
export function offending(sent, marked) {
  const paths = marked.map((path) => path.slice(0, path.indexOf("blocks") + 2));
  const isBlock = (path) => path.at(-2) === "blocks" && at(sent, path)?.type;
  return [...new Map(paths.filter(isBlock).map((path) => [path.join("/"), path])).values()];
}

/** A block that was refused, as the page would have drawn it, as far as it can be drawn. */
export function drawn(sent, path) {
  const holder = div("refused-block");
  try {
    showBlocks(holder, [at(sent, path)], messageSurface("traffic", path.join("/")));
  } catch {
    return null;
  }
  holder.inert = true;
  const caption = h("figcaption", {}, `${nameOfPlace(sent, path)} as it would look`);
  return h("figure", { class: "refused-figure" }, caption, holder);
}

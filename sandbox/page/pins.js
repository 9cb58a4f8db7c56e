import { get } from "./api.js";
import { h, span } from "./dom.js";
import { hrefOf } from "./route.js";
import { openSheet, sheet } from "./sheet.js";
import { me, nameOf, state } from "./state.js";
import { textNode } from "./text.js";
import { dayAndHour } from "./time.js";

/** What is pinned in a conversation; each leads to where it stands. */
export async function openPins(channel) {
  const { messages } = await get("pins", { channel: channel.id });
  const { tz } = me();
  const row = ({ ts, user, text, pinned_by: by }) => h("li", {}, h("a", {
    class: "pin", href: `${hrefOf(state.place)}&ts=${ts}`, onclick: () => dialog.close(),
  }, h("b", {}, nameOf(user)), " ", span("thread-when", dayAndHour(Number(ts), tz)),
  h("div", { class: "pin-text" }, textNode({ type: "mrkdwn", text: text || "A message without text" })),
  h("small", {}, `Pinned by ${nameOf(by)}`)));
  const dialog = sheet("Pins", h("ul", { class: "sheet-body pins" }, messages.map(row)));
  openSheet(dialog);
}

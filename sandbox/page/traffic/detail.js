import { get, post } from "../api.js";
import { textButton } from "../controls.js";
import { div, h, span } from "../dom.js";
import { toast } from "../toast.js";
import { jsonView, nameOfPlace, opened, problemsOf, resolved } from "./json.js";
import { drawn, offending } from "./offending.js";
import { reasonOf } from "./reasons.js";
import { took } from "./words.js";

let asked = 0;

/** Shows one entry in full: what was refused and why, what was sent, what was answered, and each attempt. */
export async function showDetail(place, { n }) {
  asked = n;
  const data = await get("traffic/entry", { n });
  if (asked !== n) return;
  if (data.ok === false) place.replaceChildren(div("nothing", "This entry is no longer kept."));
  else place.replaceChildren(...detail(data));
  place.scrollTop = 0;
}

function detail(data) {
  const { row, attempts } = data;
  const sent = row.kind === "call" ? opened(data.sent) : data.sent;
  const problems = problemsOf(data.answer).map((each) => ({ ...each, place: each.path && resolved(sent, each.path) }));
  const marked = problems.map(({ place }) => place).filter(Boolean);
  const blocks = offending(sent, marked);
  const first = row.kind === "call" ? "Arguments" : "Payload";
  return [
    head(data, sent),
    row.refused && refusal(row, data.answer, problems, sent),
    attempts?.length > 1 && tries(attempts),
    blocks.map((path) => drawn(sent, path)),
    h("h3", {}, first), jsonView(sent, marked, blocks),
    h("h3", {}, "Answer"), Object.keys(data.answer).length ? jsonView(data.answer) : div("none", answerless(row)),
  ].flat().filter(Boolean);
}

const answerless = ({ kind, acked }) => (
  kind === "call" || acked ? "Acknowledged, with nothing in it." : "There was none."
);

function head(data, sent) {
  const { row } = data;
  const copy = () => copied({ ...row, sent, answer: data.answer, attempts: data.attempts });
  const again = row.kind !== "call" && textButton("Deliver again", "small", () => deliverAgain(data.id), {
    title: "Deliver this payload once more, exactly as it was, as Slack may do",
  });
  return div("detail-head", h("h2", {}, row.name), span("detail-took", took(row)),
    again, textButton("Copy JSON", "small", copy));
}

async function copied(thing) {
  try {
    await navigator.clipboard.writeText(JSON.stringify(thing, null, 2));
    toast("Copied.");
  } catch {
    toast("The browser does not let this page copy.", "error");
  }
}

async function deliverAgain(delivery) {
  const { acked } = await post("again", { delivery });
  if (acked) toast("Delivered again, and acknowledged.");
  else toast("Delivered again, but not acknowledged.", "error");
}

const MISSED = {
  timeout: "The app did not acknowledge it within three seconds.",
  connection_failed: "The app could not be reached: it is not connected, or nobody listens at its address.",
  http_timeout: "The app did not answer within three seconds.",
  http_error: "The app answered with another status than 200.",
};

function refusal(row, answer, problems, sent) {
  const wanted = answer.needed && `It needs ${answer.needed}; it has ${answer.provided}.`;
  const why = row.kind === "call" ? span("", "Refused: ", h("b", {}, row.error || `status ${row.status}`))
    : span("", MISSED[row.error] ?? `Not acknowledged: ${row.error}.`);
  const reason = row.kind === "call" && reasonOf(row.error);
  const list = problems.map(({ words, place }) => h("li", {}, place && [placeButton(sent, place), ": "], words));
  return h("div", { class: "refusal", role: "note" }, why, reason && div("", reason),
    wanted && div("", wanted), list.length > 0 && h("ul", {}, list));
}

/** Names the place and leads to it. */
function placeButton(sent, place) {
  const show = ({ currentTarget }) => {
    const marks = currentTarget.closest(".traffic-detail").querySelectorAll("mark");
    const found = [...marks].find((mark) => mark.dataset.path === JSON.stringify(place));
    found?.scrollIntoView({ block: "center" });
  };
  return h("button", { type: "button", class: "link", onclick: show }, nameOfPlace(sent, place));
}

function tries(attempts) {
  const rows = attempts.map(({ seconds, acked, reason }, index) => h("li", {}, `Attempt ${index + 1}: `,
    acked ? "acknowledged" : MISSED[reason] ?? reason, ` (${Math.round(seconds * 1000)} ms)`));
  return h("ol", { class: "tries" }, rows);
}

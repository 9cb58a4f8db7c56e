import { textButton } from "../controls.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { focusName, visibleTo } from "../elements/place.js";
import { press } from "../surface.js";
import { plain } from "../text.js";

/** The row below an answer: was it useful, and what else can be done with it. */
export const contextActions = (block, { surface }) => h("div", {}, block.elements.filter(visibleTo).map((element) => {
  const draw = { feedback_buttons: feedback, icon_button: iconAction }[element.type];
  return draw?.(element, { surface, block }) ?? null;
}));

function feedback(element, place) {
  const buttons = [
    thumb("thumb-up", element.positive_button, element, place),
    thumb("thumb-down", element.negative_button, element, place),
  ];
  return h("div", { class: "feedback", role: "group", "aria-label": "Feedback" }, buttons);
}

/** Slack shows which of the two a person pressed last; only they see it. */
function thumb(sign, { text, value, accessibility_label: name }, element, place) {
  const { surface, block } = place;
  const key = `feedback/${block.block_id}/${element.action_id}`;
  const pressed = ({ currentTarget }) => {
    surface.seen.set(key, value);
    for (const one of currentTarget.parentElement.children) one.setAttribute("aria-pressed", one === currentTarget);
    press(surface, block, element, value, currentTarget);
  };
  return textButton([icon(sign), plain(text)], "quiet small", pressed, {
    "aria-pressed": surface.seen.get(key) === value, "aria-label": name,
    "data-focus": `${focusName(place, element)}/${sign}`,
  });
}

const SIGNS = { trash: "trash" };

function iconAction(element, place) {
  const pressed = ({ currentTarget }) => press(place.surface, place.block, element, element.value, currentTarget);
  const name = element.accessibility_label ?? plain(element.text);
  return textButton(icon(SIGNS[element.icon] ?? "dots"), "quiet small", pressed, {
    "aria-label": name, title: plain(element.text), "data-focus": focusName(place, element),
  });
}

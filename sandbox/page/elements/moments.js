import { div, h, newId } from "../dom.js";
import { clockNow, me } from "../state.js";
import { dayOf, hourOf, isoDate, momentOf, zoneName } from "../time.js";
import { chosen, tellsAtOnce } from "./place.js";

/** @typedef {import("./place.js").Place} Place */

/** Browsers report every step of typing a date, so the app is told only after a pause. */
const PAUSE = 700;

/**
 * A date or time. Browsers write dates in different orders; `say` puts the chosen one into words beside it.
 * @param {{
 *   type: string, show: (value: any) => string, read: (typed: string) => any,
 *   say: (value: any, element: any) => string,
 * }} kind
 */
const moment = ({ type, show, read, say }) => (element, place) => {
  const { surface, block, attrs } = place;
  let pause;
  let asked;
  const words = h("small", { class: "said-moment", id: newId("moment") });
  const describe = (value) => {
    words.textContent = say(value, element);
  };
  const put = (value) => {
    input.value = value === null ? "" : show(value);
    describe(value);
  };
  const settle = async () => {
    clearTimeout(pause);
    const value = input.value ? read(input.value) : null;
    // A confirm dialog takes the focus, which would settle the same value a second time.
    if (value === asked || value === surface.form.get(block, element)) return;
    asked = value;
    await chosen(element, place, value, input, put);
    asked = undefined;
  };
  const change = () => {
    clearTimeout(pause);
    describe(input.value ? read(input.value) : null);
    pause = setTimeout(settle, tellsAtOnce(place) ? PAUSE : 0);
  };
  const described = [attrs["aria-describedby"], words.id].filter(Boolean).join(" ");
  const props = { ...attrs, "aria-describedby": described, type, class: `text ${type}` };
  const input = h("input", { ...props, oninput: change, onblur: settle });
  put(surface.form.get(block, element));
  return div("moment", input, words);
};

const same = (value) => value;

/** A day without a zone: noon in UTC is on that day. */
const noon = (date) => Date.parse(`${date}T12:00Z`) / 1000;

export const datePicker = moment({
  type: "date", show: same, read: same, say: (value) => (value ? dayOf(noon(value), "UTC") : ""),
});

export const timePicker = moment({
  type: "time", show: same, read: same, say: (_, { timezone }) => (timezone ? zoneName(clockNow(), timezone) : ""),
});

/** A moment is shown, and meant, in the zone of whoever looks at it. */
export const datetimePicker = moment({
  type: "datetime-local",
  show: (unix) => `${isoDate(unix, me().tz)}T${hourOf(unix, me().tz)}`,
  read: (typed) => momentOf(typed.slice(0, 10), typed.slice(11, 16), me().tz),
  say: (unix) => [unix && dayOf(unix, me().tz), zoneName(unix ?? clockNow(), me().tz)].filter(Boolean).join(" · "),
});

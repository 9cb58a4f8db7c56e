import { button, overflow } from "./elements/buttons.js";
import { checkboxes, radioButtons } from "./elements/choices.js";
import { fileInput } from "./elements/files.js";
import { datePicker, datetimePicker, timePicker } from "./elements/moments.js";
import { SELECTS } from "./elements/offers.js";
import { focusName, visibleTo } from "./elements/place.js";
import { richTextInput } from "./elements/rich_input.js";
import { select } from "./elements/selects.js";
import { emailInput, numberInput, textInput, urlInput } from "./elements/texts.js";

const ELEMENTS = {
  button,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: datetimePicker,
  plain_text_input: textInput,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
  ...Object.fromEntries(SELECTS.flatMap((type) => [[type, select], [`multi_${type}`, select]])),
};

/**
 * Draws an interactive element; null for a type this page does not know, and "" for one this person is not shown.
 * @param {any} element
 * @param {import("./elements/place.js").Place} place
 */
export function drawElement(element, place) {
  if (!visibleTo(element)) return "";
  const attrs = { ...place.attrs, "data-focus": focusName(place, element), "data-autofocus": element.focus_on_load };
  return ELEMENTS[element.type]?.(element, { ...place, attrs }) ?? null;
}

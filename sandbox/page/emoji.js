import { NAMES } from "./emoji_names.js";

/** @type {{emoji: string, names: string[]}[]} */
export const ALL = NAMES.trim().split(/[|\n]/).map((row) => {
  const [emoji, ...names] = row.split(" ");
  return { emoji, names };
});

const BY_NAME = new Map(ALL.flatMap(({ emoji, names }) => names.map((name) => [name, emoji])));

const TONE = /^skin-tone-([2-6])$/;
const FIRST_TONE = 0x1f3fb;

/** The emoji of a name, or undefined. */
export function emojiOf(name) {
  const [base, tone] = name.split("::");
  const found = BY_NAME.get(base);
  const level = TONE.exec(tone ?? "")?.[1];
  return found && level ? found.replace("\ufe0f", "") + String.fromCodePoint(FIRST_TONE + Number(level) - 2) : found;
}

/** Replaces the names it knows in a plain text. */
export const emojify = (text) => (
  text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name) => emojiOf(name) ?? whole)
);

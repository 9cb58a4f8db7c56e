/**
 * What is being typed, kept in this tab's session so that even a reload loses nothing. A sandbox that was started
 * again stands earlier in time than the one the drafts were typed into: then they belong to nothing and go.
 */
const CLOCK = "clock";

export function forgetIfRestarted(now) {
  if (Number(sessionStorage.getItem(CLOCK) ?? 0) > now) sessionStorage.clear();
  sessionStorage.setItem(CLOCK, String(now));
}

export const draft = (key) => JSON.parse(sessionStorage.getItem(`draft:${key}`) ?? "null");

export function keepDraft(key, value) {
  if (value === null || value === "") sessionStorage.removeItem(`draft:${key}`);
  else sessionStorage.setItem(`draft:${key}`, JSON.stringify(value));
}

// The widget's own words, and the direction of any text.

import { TEXTS } from "./built.js"; // key -> [fr, ary, ary-Latn]

const LANGUAGES = ["fr", "ary", "ary-Latn"];
const ARABIC = /[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/gu;
const LETTER = /\p{L}/gu;
const ARABIC_SHARE = 0.3; // French names and abbreviations stand inside Arabic sentences

/** Return `name` if it is a language we speak, or the one of ours that a page in `name` means. */
export function known(name) {
  const [base] = (name || "").toLowerCase().split("-");
  const exact = LANGUAGES.find((one) => one.toLowerCase() === (name || "").toLowerCase());
  return exact || { fr: "fr", ar: "ary", ary: "ary" }[base] || null;
}

export class Words {
  language = null;

  /** The text of a key; French and Arabic together until a language is known. */
  get(key) {
    const texts = TEXTS[key];
    if (!texts) return "";
    const index = LANGUAGES.indexOf(this.language);
    // first strong isolates: each of the two keeps its own direction
    return index < 0 ? `\u2068${texts[0]}\u2069 · \u2068${texts[1]}\u2069` : texts[index];
  }

  get lang() {
    return this.language || "fr";
  }

  get dir() {
    return this.language === "ary" ? "rtl" : "ltr";
  }

  /** The time of day of a moment, with its date unless it is today. */
  time(moment) {
    const day = moment.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
    const locale = this.language === "ary" ? "ar-MA" : "fr-MA";
    return new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit" }).format(moment);
  }
}

/** "rtl" for a text that is mostly in Arabic letters. */
export function directionOf(text) {
  const letters = text.match(LETTER)?.length ?? 0;
  const arabic = text.match(ARABIC)?.length ?? 0;
  return arabic > 0 && arabic >= letters * ARABIC_SHARE ? "rtl" : "ltr";
}

// The page's own words, and the direction of any text.

const KEYS = { fr: "fr", ary: "ary", "ary-Latn": "ary_latn" };
const ARABIC = /[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/gu;
const ISOLATE = "\u2068"; // first strong isolate: each language keeps its own direction
const END = "\u2069";
const LETTER = /\p{L}/gu;
const ARABIC_SHARE = 0.3; // French names and abbreviations stand inside Arabic sentences

export class Words {
  #texts;
  language = null;

  constructor(texts) {
    this.#texts = texts;
  }

  /** The text at a path such as "page.send"; French and Arabic together until a language is known. */
  get(path) {
    const texts = path.split(".").reduce((node, key) => node?.[key], this.#texts);
    if (!texts) return "";
    const key = KEYS[this.language];
    if (key) return texts[key] ?? texts.ary;
    return `${ISOLATE}${texts.fr}${END} · ${ISOLATE}${texts.ary}${END}`;
  }

  get direction() {
    return this.language === "ary" ? "rtl" : "ltr";
  }

  get lang() {
    return KEYS[this.language] ? this.language : "fr";
  }
}

/** "rtl" for a text that is mostly in Arabic letters. */
export function directionOf(text) {
  const letters = text.match(LETTER)?.length ?? 0;
  const arabic = text.match(ARABIC)?.length ?? 0;
  return arabic > 0 && arabic >= letters * ARABIC_SHARE ? "rtl" : "ltr";
}

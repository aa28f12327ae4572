// One message as elements: bubble, cards, time, copy. What the server sent is read with suspicion.

import { make, press } from "./dom.js";
import { linked } from "./links.js";
import { directionOf } from "./words.js";

const MARKS = { "✓": "holds", "✗": "fails", "?": "open" };
const VERDICTS = ["eligible", "possible", "undetermined", "ineligible"];
const SHOWN_LINES = 8;
const SHOWN_CHARACTERS = 600;
const SHOWN_CONDITIONS = 4;

const text = (value) => (typeof value === "string" ? value : "");
const list = (value) => (Array.isArray(value) ? value.filter((one) => one && typeof one === "object") : []);

/** Return a message with every field of the right kind, or null where that cannot be. */
export function read(raw) {
  if (!raw || !text(raw.id)) return null;
  const at = new Date(raw.at);
  return {
    id: raw.id,
    from: raw.from === "person" ? "person" : "bot",
    at: isNaN(at) ? new Date() : at,
    text: text(raw.text),
    buttons: list(raw.buttons),
    cards: list(raw.cards),
  };
}

export class Renderer {
  #words;
  #onPress;

  /** `onPress({title, payload})` is called once for a button that a person presses. */
  constructor(words, onPress) {
    this.#words = words;
    this.#onPress = onPress;
  }

  item(message) {
    const who = message.from === "bot" ? "Mouwakib" : this.#words.get("you");
    const item = make("li", { className: `message ${message.from}` }, make("span", { className: "unseen", textContent: `${who} : ` }));
    if (message.text) item.append(this.#bubble(message.text));
    item.append(...message.cards.map((card) => this.#card(card)), this.#foot(message, item));
    return item;
  }

  /** The quick replies under a message. */
  replies(buttons, chosen) {
    const press = (button) => {
      chosen();
      this.#onPress(button);
    };
    return make("li", { className: "replies" }, ...this.#buttons(buttons, "reply", press));
  }

  #said(tag, className, said) {
    return make(tag, { className, dir: directionOf(said) }, ...linked(said, this.#words));
  }

  /** A text; what is long is folded after its first lines. */
  #bubble(said) {
    const lines = said.split("\n");
    let shown = 0;
    for (let length = 0; shown < lines.length && shown < SHOWN_LINES && length < SHOWN_CHARACTERS; shown += 1) length += lines[shown].length;
    const rest = lines.slice(shown).join("\n");
    if (rest.length < 120) return this.#said("p", "bubble", said);
    const bubble = make("div", { className: "bubble", dir: directionOf(said) });
    bubble.append(this.#said("p", "", lines.slice(0, shown).join("\n")), this.#fold(this.#said("p", "", rest)));
    return bubble;
  }

  #fold(content) {
    return make("details", {}, make("summary", { textContent: this.#words.get("more") }), content);
  }

  #card(card) {
    const title = text(card.title);
    const made = make("article", { className: "card" }, make("h3", { textContent: title, dir: directionOf(title) }));
    const verdict = VERDICTS.includes(card.verdict) && this.#words.get(card.verdict);
    if (verdict) made.append(make("p", { className: `verdict ${card.verdict}`, textContent: verdict }));
    if (text(card.line)) made.append(this.#said("p", "line", card.line));
    const conditions = list(card.conditions).map((one) => this.#condition(text(one.text), text(one.mark)));
    const first = conditions.splice(0, conditions.length > SHOWN_CONDITIONS + 1 ? SHOWN_CONDITIONS : Infinity);
    if (first.length) made.append(make("ul", {}, ...first));
    if (conditions.length) made.append(this.#fold(make("ul", {}, ...conditions)));
    const buttons = this.#buttons(list(card.buttons), "small", this.#onPress);
    if (buttons.length) made.append(make("div", { className: "row" }, ...buttons));
    return made;
  }

  #condition(said, mark) {
    const kind = MARKS[mark] || "open";
    const sign = make("span", { className: "sign", textContent: MARKS[mark] ? mark : "?", "aria-hidden": "true" });
    const word = make("span", { className: "unseen", textContent: ` (${this.#words.get(kind)})` });
    return make("li", { className: kind, dir: directionOf(said) }, sign, make("span", {}, ...linked(said, this.#words), word));
  }

  #buttons(buttons, className, act) {
    return buttons
      .filter(({ title, payload }) => text(title) && text(payload))
      .map((button) => Object.assign(press(className, button.title, () => act(button)), { dir: directionOf(button.title) }));
  }

  #foot(message, item) {
    const time = make("time", { dateTime: message.at.toISOString(), textContent: this.#words.time(message.at) });
    const foot = make("div", { className: "foot" }, time);
    if (message.from === "bot" && navigator.clipboard) {
      const copy = press("copy", "", async () => {
        await navigator.clipboard.writeText(plain(item)).catch(() => {});
        copy.classList.add("done");
        copy.setAttribute("aria-label", this.#words.get("copied"));
      });
      copy.dataset.label = "copy";
      copy.append(make("i", { className: "icon" }));
      foot.append(copy);
    }
    return foot;
  }
}

/** What a message says, for the clipboard and for those who listen. */
export function plain(item) {
  const parts = item.querySelectorAll("p, h3, li");
  return [...parts].map((node) => node.textContent).join("\n");
}

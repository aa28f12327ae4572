// What is seen: messages, cards, quick replies, banner, dialog. It knows nothing of the network.

import { linked } from "./links.js";
import { directionOf } from "./words.js";

const TYPING_DELAY = 250; // milliseconds; a quick answer shows no typing mark
const DOUBLE_PRESS = 1000; // milliseconds in which a second press is a slip of the finger
const MARKS = { "✓": "holds", "✗": "fails", "?": "open" };
const VERDICTS = ["eligible", "possible", "undetermined", "ineligible"];

const find = (id) => document.getElementById(id);

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function said(tag, className, text, withLinks = false) {
  const made = element(tag, className, ...(withLinks ? linked(text) : [text]));
  made.dir = directionOf(text);
  return made;
}

export class View {
  #words;
  #onPress;
  #typing = null;
  #items = new Map(); // message id -> its list item

  /** `onPress({title, payload})` is called once for a button that a person presses. */
  constructor(words, onPress) {
    this.#words = words;
    this.#onPress = onPress;
  }

  /** Say everything of the page's own in the language of the words. */
  relabel() {
    const { documentElement: root } = document;
    root.lang = this.#words.lang;
    root.dir = this.#words.direction;
    for (const node of document.querySelectorAll("[data-text]")) {
      node.textContent = this.#words.get(`page.${node.dataset.text}`);
    }
    for (const node of document.querySelectorAll("[data-label]")) {
      node.setAttribute("aria-label", this.#words.get(`page.${node.dataset.label}`));
    }
    for (const node of document.querySelectorAll("[data-placeholder]")) {
      node.placeholder = this.#words.get(`page.${node.dataset.placeholder}`);
    }
  }

  clear() {
    this.#items.clear();
    find("messages").replaceChildren();
  }

  has(id) {
    return this.#items.has(id);
  }

  /** Show a message; a new answer is also announced, and takes the place of older quick replies. */
  show(message, { isNew = false } = {}) {
    if (this.has(message.id)) return;
    const item = element("li", `message ${message.from}`);
    const name = message.from === "bot" ? "Mouwakib" : this.#words.get("page.you");
    item.append(element("span", "unseen", `${name} : `));
    if (message.text) item.append(said("p", "bubble", message.text, true));
    for (const card of message.cards ?? []) item.append(this.#card(card));
    item.append(this.#time(message.at));
    if (message.from === "person") {
      this.#dropReplies();
      find("news").replaceChildren();
    }
    find("messages").append(item);
    if (message.buttons?.length) find("messages").append(this.#replies(message.buttons));
    this.#items.set(message.id, item);
    if (isNew && message.from === "bot") this.#announce(item);
  }

  /** Mark a person's message as under way ("sending"), not sent ("unsent") or delivered (null). */
  mark(id, state) {
    const item = this.#items.get(id);
    if (!item) return;
    item.querySelector(".state")?.remove();
    item.classList.toggle("pending", state === "sending");
    item.classList.toggle("unsent", state === "unsent");
    if (state) item.append(element("span", "state", this.#words.get(`page.${state}`)));
  }

  /** A line of the page itself, between the messages. */
  notice(text, button) {
    const item = element("li", "notice", said("p", "", text));
    if (button) {
      const made = element("button", "reply", button.title);
      made.type = "button";
      made.addEventListener("click", button.press, { once: true });
      item.append(made);
    }
    find("messages").append(item);
    this.#announce(item);
    this.scroll();
  }

  typing(on) {
    clearTimeout(this.#typing);
    if (!on) {
      find("typing").hidden = true;
      return;
    }
    this.#typing = setTimeout(() => {
      find("typing").hidden = false;
      this.scroll();
    }, TYPING_DELAY);
  }

  banner(text) {
    find("banner").hidden = !text;
    find("banner-text").textContent = text ?? "";
  }

  /** Ask yes or no; resolves to whether it was yes. */
  ask(text) {
    const dialog = find("ask");
    find("ask-text").textContent = text;
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  }

  /** Bring the end into view, or the last question when the answer to it is taller than the screen. */
  scroll() {
    const talk = find("talk");
    const last = [...talk.querySelectorAll(".message.person")].at(-1);
    const height = talk.scrollHeight - (last?.offsetTop ?? 0);
    talk.scrollTop = last && height > talk.clientHeight ? last.offsetTop - 12 : talk.scrollHeight;
  }

  #card(card) {
    const made = element("article", "card", said("h2", "", card.title));
    made.dataset.verdict = VERDICTS.includes(card.verdict) ? card.verdict : "";
    const verdict = made.dataset.verdict && this.#words.get(`verdicts.${card.verdict}`);
    if (verdict) made.append(said("p", "verdict", verdict));
    if (card.line) made.append(said("p", "line", card.line, true));
    if (card.conditions?.length) {
      const list = element("ul", "conditions");
      for (const condition of card.conditions) list.append(this.#condition(condition));
      made.append(list);
    }
    if (card.buttons?.length) {
      const row = element("div", "card-buttons");
      for (const button of card.buttons) row.append(this.#button(button, "small"));
      made.append(row);
    }
    return made;
  }

  #condition({ text, mark }) {
    const sign = element("span", "sign", mark);
    sign.setAttribute("aria-hidden", "true");
    const item = element("li", MARKS[mark] ?? "open", sign);
    item.append(said("span", "", text, true), element("span", "unseen", ` (${this.#words.get(`page.marks.${mark}`)})`));
    item.dir = directionOf(text);
    return item;
  }

  #replies(buttons) {
    const row = element("li", "replies");
    for (const button of buttons) row.append(this.#button(button, "reply"));
    return row;
  }

  #button(button, className) {
    const made = said("button", className, button.title);
    made.type = "button";
    let pressed = 0;
    made.addEventListener("click", ({ timeStamp }) => {
      if (pressed && timeStamp - pressed < DOUBLE_PRESS) return;
      pressed = timeStamp;
      if (made.closest(".replies")) this.#dropReplies();
      this.#onPress(button);
    });
    return made;
  }

  #dropReplies() {
    const had = find("messages").contains(document.activeElement);
    for (const row of document.querySelectorAll(".replies")) row.remove();
    if (had && document.activeElement === document.body) find("talk").focus({ preventScroll: true });
  }

  #time(at) {
    const moment = new Date(at);
    const today = moment.toDateString() === new Date().toDateString();
    const day = today ? {} : { day: "numeric", month: "short" };
    const made = element("time", "");
    made.dateTime = at;
    made.textContent = new Intl.DateTimeFormat("fr-MA", { ...day, hour: "2-digit", minute: "2-digit" }).format(moment);
    return made;
  }

  #announce(item) {
    const line = element("p", "");
    line.lang = document.documentElement.lang;
    line.textContent = [...item.querySelectorAll("p, h2, li")].map((node) => node.textContent).join(". ");
    find("news").append(line);
  }
}

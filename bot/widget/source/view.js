// The box of the chat: its parts, its words, its one question. It knows nothing of the network.

import { make, press } from "./dom.js";
import { Renderer, plain, read } from "./messages.js";
import { directionOf } from "./words.js";

const TYPING_DELAY = 250; // milliseconds; a quick answer shows no typing mark
const TALLEST_INPUT = 132; // pixels

export class View {
  #words;
  #act;
  #renderer;
  #timer = 0;
  #items = new Map(); // message id -> its list item
  #parts = {};

  /** `act` has what a person may do: say, restart, forget, retry, close. */
  constructor(words, act, { title, inline }) {
    this.#words = words;
    this.#act = act;
    this.#renderer = new Renderer(words, ({ title: shown, payload }) => act.say({ payload, shown }));
    this.#build(title, inline);
  }

  /** The box itself. */
  get box() {
    return this.#parts.box;
  }

  get isEmpty() {
    return !this.#items.size;
  }

  /** Say everything of the box's own in the language of the words. */
  relabel() {
    const { box } = this.#parts;
    box.lang = this.#words.lang;
    box.dir = this.#words.dir;
    this.#parts.input.placeholder = this.#words.get("placeholder");
    this.#label(box);
  }

  #label(part) {
    const each = (name, set) => part.querySelectorAll(`[data-${name}]`).forEach((node) => set(node, this.#words.get(node.dataset[name])));
    each("text", (node, words) => { node.textContent = words; });
    each("label", (node, words) => node.setAttribute("aria-label", words));
  }

  clear() {
    this.#items.clear();
    this.#parts.list.replaceChildren();
    this.#parts.news.replaceChildren();
  }

  /** Show the talk as the server has it, then what it has not got yet. */
  replace(messages, waiting) {
    const same = messages.length + waiting.length === this.#items.size;
    if (same && messages.every((one) => one && this.#items.has(one.id))) return;
    this.clear();
    messages.forEach((one) => this.#show(read(one)));
    waiting.forEach((item) => this.pending(item));
    this.scroll();
  }

  /** Show new answers, and announce them to those who listen. */
  answers(messages) {
    for (const message of Array.isArray(messages) ? messages : []) {
      const item = this.#show(read(message));
      if (item) this.#announce(item);
    }
  }

  /** Show a person's message that the server has not got yet. */
  pending({ id, at, shown }) {
    const item = this.#show(read({ id, at, text: shown, from: "person" }));
    if (item) this.#mark(item, "…");
  }

  delivered(id) {
    this.#mark(this.#items.get(id));
  }

  refused(id) {
    const item = this.#items.get(id);
    item?.classList.add("unsent");
    this.#mark(item, this.#words.get("unsent"));
  }

  /** A line of the page itself, between the messages. */
  notice(text, button) {
    const item = make("li", { className: "notice" }, make("p", { textContent: text, dir: directionOf(text) }));
    if (button) item.append(press("reply", button.title, button.press));
    this.#parts.list.append(item);
    this.#announce(item);
    this.scroll();
  }

  typing(on) {
    clearTimeout(this.#timer);
    this.#parts.typing.hidden = true;
    if (on) this.#timer = setTimeout(() => { this.#parts.typing.hidden = false; this.scroll(); }, TYPING_DELAY);
  }

  banner(text) {
    this.#parts.banner.hidden = !text;
    if (this.#parts.why.textContent !== text) this.#parts.why.textContent = text;
  }

  /** Bring the end into view, or the last question when the answer to it is taller than the box. */
  scroll() {
    const { talk } = this.#parts;
    const last = [...talk.querySelectorAll(".person")].pop();
    const height = talk.scrollHeight - (last ? last.offsetTop : 0);
    talk.scrollTop = last && height > talk.clientHeight ? last.offsetTop - 12 : talk.scrollHeight;
  }

  /** Put the cursor where writing begins; on a touch screen that would raise the keyboard. */
  focus() {
    const { input, talk } = this.#parts;
    (matchMedia("(hover: hover)").matches ? input : talk).focus({ preventScroll: true });
  }

  #show(message) {
    if (!message || this.#items.has(message.id)) return null;
    const { list, news } = this.#parts;
    const item = this.#renderer.item(message);
    if (message.from === "person") {
      this.#dropReplies();
      news.replaceChildren();
    }
    list.append(item);
    if (message.buttons.length) list.append(this.#renderer.replies(message.buttons, () => this.#dropReplies()));
    this.#items.set(message.id, item);
    this.#label(item);
    return item;
  }

  /** Say beside its time what became of a person's message. */
  #mark(item, state) {
    item?.querySelector(".state")?.remove();
    if (state) item?.querySelector(".foot").append(make("span", { className: "state", textContent: state }));
  }

  #dropReplies() {
    const { list, talk } = this.#parts;
    const had = list.contains(list.getRootNode().activeElement);
    list.querySelectorAll(".replies").forEach((row) => row.remove());
    if (had && !list.contains(list.getRootNode().activeElement)) talk.focus({ preventScroll: true });
  }

  #announce(item) {
    this.#parts.news.append(make("p", { textContent: plain(item).replace(/\n/g, ". ") }));
  }

  #build(title, inline) {
    const parts = this.#parts;
    const icon = () => make("i", { className: "icon" });
    const button = (className, label, click) => make("button", { type: "button", className, "data-label": label, click }, icon());
    const items = ["restart", "forget"].map((key) => make("button", { type: "button", "data-text": key, click: () => this.#ask(key) }));
    parts.menu = make("div", { className: "menu", hidden: true }, ...items);
    parts.more = button("tool dots", "menu", () => this.#open(parts.menu.hidden));
    parts.more.setAttribute("aria-expanded", "false");
    const name = make("div", { className: "name" }, make("h2", { textContent: title, dir: "auto" }), make("p", { "data-text": "tagline" }));
    const top = make("header", {}, make("i", { className: "mark" }), name, parts.more);
    if (!inline) top.append(button("tool cross", "close", () => this.#act.close()));
    parts.why = make("span");
    parts.banner = make("div", { className: "banner", role: "status", hidden: true }, parts.why, make("button", { type: "button", "data-text": "retry", click: () => this.#act.retry() }));
    parts.list = make("ol");
    parts.typing = make("p", { className: "typing", hidden: true }, make("i"), make("i"), make("i"));
    parts.talk = make("div", { className: "talk", tabIndex: 0, role: "group", "aria-label": title }, parts.list, parts.typing);
    parts.news = make("div", { className: "unseen", "aria-live": "polite" });
    parts.input = make("textarea", { rows: 1, maxLength: 2000, enterKeyHint: "send", dir: "auto", "data-label": "placeholder" });
    const send = make("button", { className: "send", "data-label": "send" }, icon());
    const form = make("form", { autocomplete: "off" }, parts.input, send);
    this.#listen(form);
    parts.ask = make("dialog", { className: "ask", "aria-labelledby": "question" }, make("p", { id: "question" }));
    parts.ask.append(
      make("form", { method: "dialog" }, make("button", { value: "no", "data-text": "no" }), make("button", { value: "yes", className: "yes", "data-text": "yes" })),
    );
    const note = make("p", { className: "note", "data-text": "note" });
    const label = { className: "box", "aria-label": title, role: inline ? "region" : "dialog" };
    parts.box = make(inline ? "section" : "dialog", label, top, parts.menu, parts.banner, parts.talk, parts.news, form, note, parts.ask);
    parts.box.addEventListener("keydown", (event) => this.#key(event));
    parts.box.addEventListener("click", (event) => event.composedPath().some((node) => node === parts.menu || node === parts.more) || this.#open(false));
  }

  #listen(form) {
    const { input } = this.#parts;
    const fit = () => {
      input.style.height = "auto";
      input.style.height = `${Math.min(input.scrollHeight + 2, TALLEST_INPUT)}px`;
    };
    input.addEventListener("input", fit);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const written = input.value.trim();
      if (!written) return;
      input.value = "";
      fit();
      this.#act.say({ text: written, shown: written });
      input.focus();
    });
  }

  #open(open) {
    const { menu, more } = this.#parts;
    if (menu.hidden === !open) return;
    menu.hidden = !open;
    more.setAttribute("aria-expanded", String(open));
    if (open) menu.firstChild.focus();
  }

  /** Escape leaves the menu, then the box; Tab stays inside the box. */
  #key(event) {
    const { box, menu, more, ask } = this.#parts;
    if (ask.open) return;
    if (event.key === "Escape" && (!menu.hidden || box.localName === "dialog")) {
      event.preventDefault();
      event.stopPropagation();
      if (menu.hidden) this.#act.close();
      else {
        this.#open(false);
        more.focus();
      }
    } else if (event.key === "Tab" && box.localName === "dialog") {
      const stops = [...box.querySelectorAll("button, a, summary, textarea, [tabindex]")].filter((node) => node.checkVisibility ? node.checkVisibility() : node.offsetParent);
      const [first, last] = [stops[0], stops[stops.length - 1]];
      const at = box.getRootNode().activeElement;
      if (at !== (event.shiftKey ? first : last) && at !== box) return;
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  /** Ask whether to do what cannot be undone. */
  #ask(what) {
    const { ask, more } = this.#parts;
    this.#open(false);
    ask.firstChild.textContent = this.#words.get("sure");
    ask.returnValue = "no";
    ask.addEventListener("close", () => {
      more.focus();
      if (ask.returnValue === "yes") this.#act[what]();
    }, { once: true });
    ask.showModal();
  }
}

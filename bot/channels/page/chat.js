// The talk: one queue of messages, delivered in order, each once, whatever the connection does.

import * as api from "./api.js";
import { Memory } from "./memory.js";
import { View } from "./view.js";
import { Words } from "./words.js";

const LONGEST_WAIT = 30; // seconds between two tries
const find = (id) => document.getElementById(id);

/** Thrown in a task that a restart has made pointless. */
class Abandoned extends Error {}

class Chat {
  #memory = new Memory();
  #words;
  #view;
  #busy = false;
  #round = 0; // counts restarts: what belongs to an earlier round stops
  #wake = () => {};

  async start() {
    this.#words = new Words((await this.#texts()) ?? {});
    this.#view = new View(this.#words, (button) => this.#say({ payload: button.payload, shown: button.title }));
    this.#speak(this.#memory.language);
    this.#listen();
    this.#work(() => this.#resume());
  }

  async #texts() {
    for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const { status, data } = await api.texts();
      if (status === 200) return data;
      await this.#sleep(wait);
    }
  }

  #listen() {
    const text = find("text");
    const fit = () => {
      text.style.height = "auto";
      text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
    };
    text.addEventListener("input", fit);
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      find("composer").requestSubmit();
    });
    find("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      const written = text.value.trim();
      if (!written) return;
      text.value = "";
      fit();
      this.#say({ text: written, shown: written });
      text.focus();
    });
    const menu = find("menu");
    const openMenu = (open) => {
      menu.hidden = !open;
      find("menu-button").setAttribute("aria-expanded", String(open));
    };
    find("menu-button").addEventListener("click", () => {
      openMenu(menu.hidden);
      if (!menu.hidden) find("restart").focus();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#menu, #menu-button")) openMenu(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || menu.hidden) return;
      openMenu(false);
      find("menu-button").focus();
    });
    for (const [id, after] of [["restart", () => this.#resume()], ["forget", () => this.#farewell()]]) {
      find(id).addEventListener("click", async () => {
        openMenu(false);
        if (await this.#view.ask(this.#words.get(`page.${id}_ask`))) this.#leave(after);
        find("text").focus();
      });
    }
    find("retry").addEventListener("click", () => this.#wake());
    addEventListener("online", () => this.#wake());
    this.#memory.onOtherSession(() => location.reload());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.#busy && this.#memory.token) this.#work(() => this.#resume());
    });
  }

  /** Queue a message; it is seen at once and delivered as soon as may be. */
  #say({ text, payload, shown }) {
    const item = { id: api.newId(), text, payload, shown, at: new Date().toISOString() };
    this.#memory.outbox = [...this.#memory.outbox, item];
    this.#showPending(item);
    this.#view.scroll();
    this.#work(() => this.#deliverAll());
  }

  /** Run one task at a time; whatever it leaves in the queue is delivered after it. */
  async #work(task) {
    if (this.#busy) return;
    this.#busy = true;
    const round = this.#round;
    try {
      await task();
      await this.#deliverAll();
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
    } finally {
      if (round === this.#round) {
        this.#busy = false;
        this.#view.typing(false);
        this.#view.banner(null);
      }
    }
  }

  /** Show the conversation as the server has it, or begin one. */
  async #resume() {
    const { token } = this.#memory;
    if (!token) return this.#open();
    const { status, data } = await this.#persist(() => api.history(token));
    if (status !== 200) return this.#expire();
    const known = new Set(data.messages.map((message) => message.id));
    this.#memory.outbox = this.#memory.outbox.filter((item) => !known.has(item.id));
    if (!known.size && !this.#memory.outbox.length) {
      await api.endSession(token); // forgotten in the talk: begin with a greeting again
      this.#view.clear();
      return this.#open();
    }
    if (data.messages.every((message) => this.#view.has(message.id))) return;
    this.#view.clear();
    data.messages.forEach((message) => this.#view.show(message));
    this.#memory.outbox.forEach((item) => this.#showPending(item));
    this.#view.scroll();
  }

  async #open() {
    const { status, data } = await this.#persist(() => api.openSession());
    if (status !== 201) return this.#view.notice(data?.error?.message ?? "");
    this.#memory.token = data.token;
    data.messages.forEach((message) => this.#view.show(message, { isNew: true }));
    this.#view.scroll();
  }

  async #expire() {
    this.#memory.token = null;
    this.#view.clear();
    this.#view.notice(this.#words.get("page.expired"));
    // A button belongs to the talk it was shown in; in a new one its words are said instead.
    this.#memory.outbox = this.#memory.outbox.map((item) => ({ ...item, text: item.shown, payload: undefined }));
    await this.#open();
    this.#memory.outbox.forEach((item) => this.#showPending(item));
  }

  async #deliverAll() {
    while (this.#memory.outbox.length) {
      if (!this.#memory.token) await this.#open();
      if (!this.#memory.token) return;
      await this.#deliver(this.#memory.outbox[0]);
    }
  }

  async #deliver(item) {
    this.#view.typing(true);
    const { status, data } = await this.#persist(() => api.send(this.#memory.token, item));
    this.#view.typing(false);
    if (status === 401) return this.#expire();
    this.#memory.outbox = this.#memory.outbox.filter((other) => other.id !== item.id);
    if (status !== 200) {
      this.#view.mark(item.id, "unsent");
      return this.#view.notice(this.#words.get(`errors.${data?.error?.code}`) || data?.error?.message || "");
    }
    this.#speak(data.language);
    this.#view.mark(item.id, null);
    data.messages.forEach((message) => this.#view.show(message, { isNew: true }));
    this.#view.scroll();
  }

  /** Forget everything here and on the server, then go on with `after`. */
  #leave(after) {
    const { token } = this.#memory;
    this.#round += 1;
    this.#busy = false;
    this.#wake();
    this.#memory.outbox = [];
    this.#view.clear();
    this.#work(async () => {
      if (token) await this.#persist(() => api.endSession(token));
      this.#memory.token = null;
      await after();
    });
  }

  #farewell() {
    const press = () => {
      this.#view.clear();
      this.#work(() => this.#resume());
    };
    this.#view.notice(this.#words.get("page.forgotten"), { title: this.#words.get("page.begin"), press });
  }

  /** Repeat a request until it gets an answer that will not change by waiting. */
  async #persist(request) {
    const round = this.#round;
    for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const result = await request();
      if (round !== this.#round) throw new Abandoned();
      if (!api.isPassing(result)) {
        this.#view.banner(null);
        return result;
      }
      this.#view.typing(false);
      const code = result.data?.error?.code;
      this.#view.banner(this.#words.get(code ? `errors.${code}` : "page.offline"));
      await this.#sleep(Math.max(result.retryAfter, wait * (0.75 + Math.random() / 2)));
      if (round !== this.#round) throw new Abandoned();
    }
  }

  /** Wait, but no longer than until the connection is back or somebody presses "try again". */
  #sleep(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #showPending(item) {
    this.#view.show({ id: item.id, from: "person", at: item.at, text: item.shown });
    this.#view.mark(item.id, "sending");
  }

  #speak(language) {
    this.#words.language = language;
    if (language) this.#memory.language = language;
    this.#view.relabel();
  }
}

new Chat().start();

// The talk: one queue of messages, delivered in order, each once, whatever the connection does.

import { isPassing, newId } from "./api.js";
import { known } from "./words.js";

const LONGEST_WAIT = 30; // seconds between two tries

/** Thrown in a task that a restart, or the end of the page, has made pointless. */
class Abandoned extends Error {}

export class Chat {
  #api;
  #memory;
  #words;
  #view;
  #home; // the language to begin a talk in
  #tail = Promise.resolve();
  #round = 0; // what belongs to an earlier round stops
  #wake = () => {};
  #seen = {}; // the record as this tab last knew it
  #started = false;
  #left = false; // the talk was erased, and the page says so

  constructor(api, memory, words, view, home) {
    this.#api = api;
    this.#memory = memory;
    this.#words = words;
    this.#view = view;
    this.#home = home;
    this.#speak(memory.record.language || home);
  }

  /** Begin, or go on where the visitor was; until `signal` aborts. A second call does nothing. */
  start(signal) {
    if (this.#started) return;
    this.#started = true;
    addEventListener("online", () => this.retry(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#catchUp(), { signal });
    this.#memory.onChange(() => {
      const { token, turns } = this.#memory.record;
      if (token !== this.#seen.token || turns !== this.#seen.turns) this.#catchUp();
    }, signal);
    signal.addEventListener("abort", () => this.#abandon());
    this.#catchUp();
  }

  /** Try at once what waits for the connection. */
  retry() {
    this.#wake();
  }

  /** Queue a message; it is seen at once and delivered as soon as may be. */
  say({ text, payload, shown }) {
    const item = { id: newId(), text, payload, shown, at: new Date().toISOString() };
    this.#memory.queue(item);
    this.#view.pending(item);
    this.#view.scroll();
    this.#work(() => {});
  }

  /** Forget the talk here and on the server, then begin a new one. */
  restart() {
    this.#leave({}, () => this.#begin());
  }

  /** Forget the talk here and on the server, and say so. */
  forget() {
    this.#leave({ language: null }, () => this.#farewell());
  }

  #catchUp() {
    this.#work(() => this.#resume());
  }

  /** Run one task after the other; whatever the queue holds is delivered after each. */
  #work(task) {
    const round = this.#round;
    this.#tail = this.#tail.then(async () => {
      try {
        this.#require(round);
        await task();
        await this.#deliver();
      } catch (problem) {
        if (!(problem instanceof Abandoned)) setTimeout(() => { throw problem; });
      }
      if (round !== this.#round) return;
      this.#view.typing(false);
      this.#view.banner("");
    });
  }

  /** Show the conversation as the server has it, or begin one. */
  async #resume() {
    await this.#erase();
    const { token, language } = (this.#seen = this.#memory.record);
    if (!token) return this.#left || this.#begin();
    const { status, data } = await this.#persist(() => this.#api.history(token));
    if (status !== 200) return this.#expire(token);
    if (language) this.#speak(language);
    const messages = Array.isArray(data.messages) ? data.messages : [];
    if (!messages.length && !this.#memory.record.outbox.length) return this.#emptied(token);
    const waiting = this.#memory.record.outbox;
    waiting.forEach(({ id }) => messages.some((one) => one && one.id === id) && this.#memory.unqueue(id));
    this.#view.replace(messages, this.#memory.record.outbox);
  }

  /** The talk was erased by what was said in it: in another tab, or before this page was opened. */
  #emptied(token) {
    if (this.#view.isEmpty) {
      this.#api.end(token);
      this.#memory.write({ token: null });
      return this.#begin();
    }
    return this.#left || this.#farewell();
  }

  async #begin(notice) {
    this.#left = false;
    this.#view.clear();
    const language = this.#memory.record.language || this.#home;
    this.#speak(language);
    const { status, data } = await this.#persist(() => this.#api.begin(language));
    if (notice) this.#view.notice(notice);
    if (status !== 201) return this.#view.notice(this.#reason(data));
    this.#memory.write({ token: String(data.token) });
    this.#seen = this.#memory.record;
    this.#view.answers(data.messages);
    this.#memory.record.outbox.forEach((item) => this.#view.pending(item));
    this.#view.scroll();
  }

  async #expire(token) {
    if (this.#memory.record.token !== token) return; // another tab has begun a new talk already
    this.#memory.write({
      token: null,
      // A button belongs to the talk it was shown in; in a new one its words are said instead.
      outbox: this.#memory.record.outbox.map(({ payload, ...item }) => ({ ...item, text: item.shown })),
    });
    await this.#begin(this.#words.get("expired"));
  }

  async #deliver() {
    for (let item; (item = this.#memory.record.outbox[0]); ) {
      const { token, turns } = this.#memory.record;
      if (!token) {
        await this.#begin();
        if (!this.#memory.record.token) return;
        continue;
      }
      this.#view.typing(true);
      const { status, data } = await this.#persist(() => this.#api.send(token, item));
      this.#view.typing(false);
      if (status === 401) {
        await this.#expire(token);
        continue;
      }
      this.#memory.unqueue(item.id);
      if (status === 200) {
        this.#speak(data.language);
        this.#memory.write({ turns: turns + 1, language: this.#words.language });
        this.#seen = this.#memory.record;
        this.#left = data.forgotten === true;
        if (this.#left) this.#view.clear();
        else this.#view.delivered(item.id);
        this.#view.answers(data.messages);
        this.#view.scroll();
      } else {
        this.#view.refused(item.id);
        this.#view.notice(this.#reason(data));
      }
    }
  }

  #leave(change, after) {
    const { token, ending } = this.#memory.record;
    this.#abandon();
    this.#memory.write({ ...change, token: null, outbox: [], ending: token ? [...ending, token] : ending });
    this.#left = true;
    this.#view.clear();
    this.#work(async () => {
      await this.#erase();
      await after();
    });
  }

  /** Erase on the server the talks that were left, even those left before a reload. */
  async #erase() {
    for (let token; (token = this.#memory.record.ending[0]); ) {
      await this.#persist(() => this.#api.end(token));
      this.#memory.write({ ending: this.#memory.record.ending.filter((one) => one !== token) });
    }
  }

  #farewell() {
    this.#left = true;
    this.#view.clear();
    this.#view.notice(this.#words.get("forgotten"), {
      title: this.#words.get("restart"),
      press: () => this.#work(() => this.#begin()),
    });
  }

  #abandon() {
    this.#round += 1;
    this.#wake();
  }

  #require(round) {
    if (round !== this.#round) throw new Abandoned();
  }

  /** Repeat a request until it gets an answer that will not change by waiting. */
  async #persist(request) {
    const round = this.#round;
    for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const result = await request();
      this.#require(round);
      if (!isPassing(result)) {
        this.#view.banner("");
        return result;
      }
      this.#view.typing(false);
      this.#view.banner(result.status ? this.#reason(result.data) : this.#words.get("offline"));
      await this.#sleep(Math.max(result.retryAfter, wait * (0.75 + Math.random() / 2)));
      this.#require(round);
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

  /** Why the server refuses: in our words where we have them, else in its own. */
  #reason({ error }) {
    return this.#words.get(`error.${error?.code}`) || String(error?.message || this.#words.get("error.failed"));
  }

  #speak(language) {
    this.#words.language = known(language) || this.#words.language;
    this.#view.relabel();
  }
}

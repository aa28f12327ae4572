// What survives a reload and is shared by the tabs of one site.

const KEY = "mouwakib";
const isText = (value) => typeof value === "string";

/**
 * One small record: `token`, `language`, `outbox` (messages not yet delivered), `ending` (tokens
 * whose talk is to be erased), `turns` (counts answers, so that other tabs notice them). It is read
 * anew each time, since another tab may have written it; without storage it lasts as long as the page.
 */
export class Memory {
  #own = {};

  get record() {
    let stored = this.#own;
    try {
      stored = JSON.parse(localStorage.getItem(KEY)) || stored;
    } catch {
      // no storage, or a record that cannot be read: as good as none
    }
    const list = (value, good) => (Array.isArray(value) ? value.filter(good) : []);
    return {
      token: isText(stored.token) ? stored.token : null,
      language: isText(stored.language) ? stored.language : null,
      outbox: list(stored.outbox, (one) => one && isText(one.id) && isText(one.shown)),
      ending: list(stored.ending, isText),
      turns: Number(stored.turns) || 0,
    };
  }

  write(change) {
    this.#own = { ...this.record, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#own));
    } catch {
      // kept in this page only
    }
  }

  queue(item) {
    this.write({ outbox: [...this.record.outbox, item] });
  }

  unqueue(id) {
    this.write({ outbox: this.record.outbox.filter((one) => one.id !== id) });
  }

  /** Call back when another tab of this site has written; until `signal` aborts. */
  onChange(callback, signal) {
    const heard = ({ key }) => (key === KEY || key === null) && callback();
    addEventListener("storage", heard, { signal });
  }
}

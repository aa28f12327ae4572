// What survives a reload: the session's token, the language, and what is not yet delivered.

const KEY = "mouwakib";

/** Reads and writes one small record; without storage (private windows) it lasts as long as the page. */
export class Memory {
  #record = { token: null, language: null, outbox: [] };

  constructor() {
    this.#read(this.#stored());
  }

  get token() { return this.#record.token; }
  set token(value) { this.#set({ token: value }); }

  get language() { return this.#record.language; }
  set language(value) { this.#set({ language: value }); }

  get outbox() { return this.#record.outbox; }
  set outbox(value) { this.#set({ outbox: value }); }

  /** Call back when another tab of this browser begins or ends a session. */
  onOtherSession(callback) {
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      const before = this.token;
      const other = new Memory();
      if (other.token !== before) callback();
    });
  }

  #stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  #read(text) {
    try {
      const { token, language, outbox } = JSON.parse(text) ?? {};
      if (typeof token === "string") this.#record.token = token;
      if (typeof language === "string") this.#record.language = language;
      if (Array.isArray(outbox)) this.#record.outbox = outbox.filter((one) => typeof one?.id === "string");
    } catch {
      // a record that cannot be read is as good as none
    }
  }

  #set(change) {
    this.#record = { ...this.#record, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#record));
    } catch {
      // kept in this page only
    }
  }
}

// The HTTP contract; every result is {status, data, retryAfter}.

const TIMEOUT = 30_000; // milliseconds; then the same message is sent again with the same id

export class Api {
  #base;

  /** `base`: the address of a file beside the resources of the chat. */
  constructor(base) {
    this.#base = base;
  }

  /** Greet and begin. Nothing here needs a preflight: on a slow line that is a second saved. */
  begin(language) {
    return this.#call("POST", language ? `sessions?language=${language}` : "sessions");
  }

  end(token) {
    return this.#call("DELETE", "sessions", token);
  }

  history(token) {
    return this.#call("GET", "messages", token);
  }

  send(token, { id, text, payload }) {
    return this.#call("POST", "messages", token, payload === undefined ? { id, text } : { id, payload });
  }

  async #call(method, path, token, body) {
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      const answer = await fetch(new URL(path, this.#base), {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: stop.signal,
        credentials: "omit",
        cache: "no-store",
      });
      const data = answer.status === 204 ? {} : await answer.json();
      return { status: answer.status, data: data || {}, retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
    } catch {
      return { status: 0, data: {}, retryAfter: 0 }; // no connection, no answer in time, no JSON
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether the same request may succeed later. */
export const isPassing = ({ status }) => status === 0 || status === 429 || status >= 500;

/** A new id for a message; `randomUUID` exists only where the connection is safe. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

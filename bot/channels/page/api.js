// The HTTP contract, one function a request; every result is {status, data, retryAfter}.

const BASE = new URL("../", import.meta.url);
const TIMEOUT = 30_000; // milliseconds; then the same message is sent again with the same id

async function call(method, path, { token, body } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const answer = await fetch(new URL(path, BASE), {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: stop.signal,
      credentials: "omit",
      cache: "no-store",
    });
    const data = answer.status === 204 ? null : await answer.json();
    return { status: answer.status, data, retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
  } catch {
    return { status: 0, data: null, retryAfter: 0 }; // no connection, no answer in time, no JSON
  } finally {
    clearTimeout(timer);
  }
}

export const openSession = () => call("POST", "sessions");
export const endSession = (token) => call("DELETE", "sessions", { token });
export const history = (token) => call("GET", "messages", { token });
export const texts = () => call("GET", "page/texts.json");

/** Send `{id, text}` or `{id, payload}`. */
export const send = (token, { id, text, payload }) =>
  call("POST", "messages", { token, body: payload === undefined ? { id, text } : { id, payload } });

/** Whether the same request may succeed later. */
export const isPassing = ({ status }) => status === 0 || status === 429 || status >= 500;

/** A new id for a message; `randomUUID` exists only on https and localhost. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

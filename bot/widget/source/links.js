// Addresses, e-mails and Moroccan telephone numbers in a text become links; nothing is ever HTML.

const SAFE = /^(ht+ps?|mailto|tel):$/;
const WEB = /^ht+ps?:/;
const FOUND = new RegExp(
  [
    String.raw`(?<url>\b[a-z]+:\/\/[^\s<>"'«»،؛\u2066-\u2069\u202a-\u202e]+)`,
    String.raw`(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)`,
    String.raw`(?<tel>(?<![\d+])(?:\+212|00212|0)[ .\u00a0-]?[5-8](?:[ .\u00a0-]?\d){8}(?!\d))`,
  ].join("|"),
  "giu",
);
const TRAILING = /[.,;:!?)\]}…]+$/u;
const MAP = /\bmaps?\b|\bgeo\b/i;
const SHOWN = 40; // characters of an address that are worth reading

/** Return nodes for `text`: text nodes and links to the web, mailto and tel only. */
export function linked(text, words) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(FOUND)) {
    const { url, mail, tel } = match.groups;
    const found = url ? url.replace(TRAILING, "") : match[0];
    const link = anchor(url ? found : mail ? `mailto:${mail}` : `tel:${tel.replace(/[^\d+]/g, "")}`, found, words);
    if (!link) continue;
    nodes.push(text.slice(end, match.index), link);
    end = match.index + found.length;
  }
  return [...nodes, text.slice(end)];
}

function anchor(address, found, words) {
  const link = document.createElement("a");
  link.href = address;
  if (!SAFE.test(link.protocol)) return null;
  link.dir = "ltr";
  link.textContent = found;
  if (WEB.test(link.protocol)) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    const isMap = MAP.test(link.host + link.pathname);
    link.textContent = isMap ? words.get("map") : short(link);
    if (isMap) link.dir = words.dir;
  }
  return link;
}

/** The part of an address that a person recognises. */
function short({ host, pathname }) {
  const shown = host.replace(/^www\./, "") + pathname.replace(/\/$/, "");
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN - 1)}…` : shown;
}

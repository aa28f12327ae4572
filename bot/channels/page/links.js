// Addresses, e-mails and Moroccan telephone numbers in a text become links; nothing is ever HTML.

const FOUND = new RegExp(
  [
    String.raw`(?<url>https?:\/\/[^\s<>"'«»،؛\u2066-\u2069\u202a-\u202e]+)`,
    String.raw`(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)`,
    String.raw`(?<tel>(?<![\d+])(?:\+212|00212|0)[ .\u00a0-]?[5-8](?:[ .\u00a0-]?\d){8}(?!\d))`,
  ].join("|"),
  "gu",
);
const TRAILING = /[.,;:!?)\]}…]+$/u;

/** Return nodes for `text`: text nodes and links to http(s), mailto and tel only. */
export function linked(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(FOUND)) {
    const { url, mail, tel } = match.groups;
    const shown = url ? url.replace(TRAILING, "") : match[0];
    const link = anchor(shown, url ? shown : mail ? `mailto:${mail}` : `tel:${tel.replace(/[^\d+]/g, "")}`);
    if (!link) continue;
    nodes.push(document.createTextNode(text.slice(end, match.index)), link);
    end = match.index + shown.length;
  }
  nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}

function anchor(shown, address) {
  const link = document.createElement("a");
  link.href = address;
  if (!["http:", "https:", "mailto:", "tel:"].includes(link.protocol)) return null;
  if (link.protocol.startsWith("http")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  link.dir = "ltr";
  link.textContent = shown;
  return link;
}

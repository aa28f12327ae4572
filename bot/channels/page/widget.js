// The launcher for other sites: a link in the corner that opens the chat in a new tab.
// The address comes from where this script was loaded; no host is named here.
(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("[data-mouwakib]")) return;
  const host = document.createElement("div");
  host.dataset.mouwakib = "";
  const root = host.attachShadow({ mode: "closed" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    a { position: fixed; z-index: 2147483000; bottom: max(16px, env(safe-area-inset-bottom)); inset-inline-end: 16px;
        display: flex; align-items: center; min-height: 48px; padding: 0 20px; border-radius: 24px;
        background: #17624a; color: #fff; font: 600 16px/1.4 system-ui, sans-serif; text-decoration: none;
        box-shadow: 0 4px 16px rgb(0 0 0 / 25%); }
    a:focus-visible { outline: 3px solid #c4693c; outline-offset: 3px; }
  `);
  root.adoptedStyleSheets = [style];
  const link = document.createElement("a");
  link.href = new URL("../chat", script.src).href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "Mouwakib · مواكب";
  root.append(link);
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place, { once: true });
})();

// <mouwakib-chat>: what a site places, or what the script places for it; launcher and box.

import { Api } from "./api.js";
import { STYLE } from "./built.js";
import { Chat } from "./chat.js";
import { shades } from "./colour.js";
import { make } from "./dom.js";
import { Memory } from "./memory.js";
import { View } from "./view.js";
import { Words, known } from "./words.js";

const NAME = "mouwakib-chat";
const TITLE = "Mouwakib · مواكب";
const SMALL = matchMedia("(max-width: 479.98px), (max-height: 479.98px)"); // there the box fills the screen

const script = document.currentScript;
let placed = null; // the element that this script placed itself
let active = null; // one chat a page

function define(base) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  class MouwakibChat extends HTMLElement {
    #stop = null;
    #root;
    #launcher = null;
    #view;
    #chat;

    connectedCallback() {
      if (placed && placed !== this) placed.remove(); // the page's own comes before ours
      if (active) return;
      active = this;
      this.#stop = new AbortController();
      const shadow = this.shadowRoot || this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [sheet];
      shadow.replaceChildren((this.#root = make("div", { className: "root", title: "" })));
      this.#build();
    }

    disconnectedCallback() {
      if (active !== this) return;
      active = null;
      this.#stop.abort();
      this.#root.remove();
    }

    #setting(name) {
      const value = this.getAttribute(name);
      return value === null ? this.getAttribute(`data-${name}`) : value;
    }

    #build() {
      const { signal } = this.#stop;
      const words = new Words();
      const memory = new Memory();
      const inline = this.#setting("inline") !== null;
      const home = known(this.#setting("language")) || known(document.documentElement.lang);
      const act = {
        say: (said) => this.#chat.say(said),
        restart: () => this.#chat.restart(),
        forget: () => this.#chat.forget(),
        retry: () => this.#chat.retry(),
        close: () => this.#close(),
      };
      this.#view = new View(words, act, { title: this.#setting("title") || TITLE, inline });
      this.#chat = new Chat(new Api(base), memory, words, this.#view, home);
      const side = this.#setting("side") || (getComputedStyle(document.body).direction === "rtl" ? "left" : "right");
      this.#root.classList.add(inline ? "inline" : "corner", side === "left" ? "left" : "right");
      const own = shades(this.#setting("colour"));
      for (const name in own) this.#root.style.setProperty(name, own[name]);
      if (own) this.#root.classList.add("own");
      if (inline) {
        this.#root.append(this.#view.box);
        this.#chat.start(signal);
        return;
      }
      const label = make("span", { textContent: words.get("launcher"), lang: words.lang, dir: words.dir });
      this.#launcher = make(
        "button",
        { type: "button", className: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", click: () => this.#open(true) },
        make("i", { className: "icon" }),
        label,
      );
      this.#root.append(this.#launcher, this.#view.box);
      this.#view.box.addEventListener("close", () => this.#closed());
      SMALL.addEventListener("change", () => this.#view.box.open && this.#show(), { signal });
      this.#fit(signal);
      if (this.#setting("open") !== null) this.#open(SMALL.matches);
    }

    #open(takesFocus) {
      if (this.#view.box.open) return;
      this.#show();
      this.#launcher.setAttribute("aria-expanded", "true");
      if (takesFocus) this.#view.focus();
      else this.shadowRoot.activeElement?.blur();
      this.#view.scroll();
      this.#chat.start(this.#stop.signal);
    }

    /** A box that fills the screen is modal; one in the corner leaves the page usable. */
    #show() {
      const { box } = this.#view;
      const focused = box.open && this.shadowRoot.activeElement;
      if (box.open) box.close();
      if (SMALL.matches) box.showModal();
      else box.show();
      if (focused) focused.focus();
    }

    #close() {
      this.#view.box.close();
    }

    #closed() {
      if (this.#view.box.open) return; // it was shown anew, in the other way
      this.#launcher.setAttribute("aria-expanded", "false");
      this.#launcher.focus({ preventScroll: true });
    }

    /** Keep the box above the keyboard of a telephone. */
    #fit(signal) {
      const screen = window.visualViewport;
      if (!screen) return;
      const fit = () => {
        const { style } = this.#view.box;
        style.setProperty("--height", `${screen.height}px`);
        style.setProperty("--top", `${screen.offsetTop}px`);
      };
      screen.addEventListener("resize", fit, { signal });
      screen.addEventListener("scroll", fit, { signal });
    }
  }
  customElements.define(NAME, MouwakibChat);
}

/** Place the chat where the page has none of its own. */
function place() {
  if (document.querySelector(NAME)) return;
  placed = document.createElement(NAME);
  for (const { name, value } of script.attributes) if (/^data-/.test(name)) placed.setAttribute(name, value);
  document.body.append(placed);
}

/** For a browser that is too old: a link to the page of the chat. */
function link(base) {
  if (document.querySelector(`${NAME} a`)) return; // the page has its own
  const made = document.createElement("a");
  made.href = new URL("../chat", base).href;
  made.textContent = TITLE;
  document.body.append(made);
}

// A page may hold an element named "currentScript", which would stand in for the script.
if (script instanceof HTMLScriptElement && !(window.customElements && customElements.get(NAME))) {
  const base = script.src;
  const modern = window.customElements && window.HTMLDialogElement && "adoptedStyleSheets" in Document.prototype;
  const begin = modern ? place : () => link(base);
  if (modern) define(base);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}

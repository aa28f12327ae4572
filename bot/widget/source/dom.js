// Elements are made here, and only here; a text is always a text.

/** Make an element: `properties` are set on it, `on…` are listeners, `aria…`/`role` attributes. */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (/^(aria|role|data|lang)/.test(name)) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** A button that a second press within a moment, a slip of the finger, does not press again. */
export function press(className, text, act) {
  let pressed = -Infinity;
  return make("button", {
    type: "button",
    className,
    textContent: text,
    click({ timeStamp }) {
      if (timeStamp - pressed > 1000) act();
      pressed = timeStamp;
    },
  });
}

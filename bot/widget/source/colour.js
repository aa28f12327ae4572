// A site's own colour, with black or white on it, whichever can be read.

const BALANCE = 0.179; // the luminance at which black and white have the same contrast

/** Return the custom properties for a colour written #rgb or #rrggbb, or null for anything else. */
export function shades(colour) {
  if (!/^#([\da-f]{3}){1,2}$/i.test(colour)) return null;
  const hex = colour.length < 5 ? colour.replace(/\w/g, "$&$&") : colour;
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return { "--fill": hex, "--on-fill": luminance > BALANCE ? "#000" : "#fff" };
}

// Discord's timestamps <t:SECONDS:STYLE>. Relative ones are updated every second.

import { h } from "./dom.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export function relative(seconds, now = Date.now() / 1000) {
  const left = Math.round(seconds - now);
  const [unit, size] = UNITS.find(([, least]) => Math.abs(left) >= least) || UNITS.at(-1);
  return words.format(Math.trunc(left / size), unit);
}

export function timestamp(seconds, style = "f") {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "Invalid date";
  const full = new Intl.DateTimeFormat("en", STYLES.F).format(date);
  const text = style === "R" ? relative(seconds) : new Intl.DateTimeFormat("en", STYLES[style] || STYLES.f).format(date);
  return h("time", { datetime: date.toISOString(), title: full, "data-ticks": style === "R" && seconds }, text);
}

export const clock = (iso) => new Intl.DateTimeFormat("en", { timeStyle: "medium" }).format(new Date(iso));

setInterval(() => {
  for (const element of document.querySelectorAll("time[data-ticks]")) {
    const text = relative(Number(element.dataset.ticks));
    if (element.textContent !== text) element.textContent = text;
  }
}, 1000);

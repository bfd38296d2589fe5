// Converts the commonly used part of Discord's markdown to DOM nodes; the first matching rule applies.

import { h, webAddress } from "./dom.js";
import { timestamp } from "./times.js";

// One or more characters. An escaped character counts as one, so that "\*" never ends a rule.
const SOME = String.raw`((?:\\[\s\S]|[^\\])+?)`;

const RULES = [
  [/^\\([^A-Za-z0-9\s])/, ([, sign]) => sign],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, ([, , code]) => h("code", {}, code)],
  [new RegExp(String.raw`^\|\|${SOME}\|\|`), ([, inner], names) => spoiler(inline(inner, names))],
  [new RegExp(String.raw`^\*\*${SOME}\*\*(?!\*)`), ([, inner], names) => h("strong", {}, inline(inner, names))],
  [new RegExp(String.raw`^__${SOME}__(?!_)`), ([, inner], names) => h("u", {}, inline(inner, names))],
  [new RegExp(String.raw`^~~${SOME}~~`), ([, inner], names) => h("s", {}, inline(inner, names))],
  [new RegExp(String.raw`^\*(?!\s|\*)${SOME}\*(?!\*)`), ([, inner], names) => h("em", {}, inline(inner, names))],
  [new RegExp(String.raw`^_(?!\s|_)${SOME}_(?!\w)`), ([, inner], names) => h("em", {}, inline(inner, names))],
  [/^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/, ([, seconds, style]) => timestamp(Number(seconds), style)],
  [/^<@!?(\d+)>/, ([, id], names) => mention(`@${names.user(id)}`, id === names.me)],
  [/^<@&(\d+)>/, ([, id], names) => mention(`@${names.role(id)}`)],
  [/^<#(\d+)>/, ([, id], names) => mention(`#${names.channel(id)}`)],
  [/^<(\/[^:>\n]{1,80}):\d+>/, ([, name]) => mention(name)],
  [/^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?: "[^"]*")?\)/, ([, text, url], names) =>
    link(url, inline(text, names))],
  [/^<(https?:\/\/[^\s>]+)>/, ([, url]) => link(url, [url])],
  [/^https?:\/\/[^\s<]*[^\s<.,:;"'\])*_~|!?]/, ([url]) => link(url, [url])],
  // Inside a word "_" has no meaning, as in snake_case.
  [/^(?!https?:\/\/)[A-Za-z0-9]+(?:_+[A-Za-z0-9]+)*/, ([text]) => text],
  [/^[\s\S][^\\`*_~|<[@A-Za-z0-9]*/, ([text]) => text],
];

export function inline(text, names) {
  const nodes = [];
  let rest = text;
  while (rest) {
    for (const [pattern, make] of RULES) {
      const found = pattern.exec(rest);
      if (!found) continue;
      nodes.push(make(found, names));
      rest = rest.slice(found[0].length);
      break;
    }
  }
  return nodes;
}

export function markdown(text, names) {
  const root = h("div", { class: "markdown", dir: "auto" });
  // Every third piece is the content of a code block; the piece before it is the language of the block.
  const pieces = text.split(/```(?:([\w+-]+)\n)?([\s\S]+?)```/);
  for (let at = 0; at < pieces.length; at += 3) {
    if (pieces[at]) root.append(...lines(pieces[at], names));
    if (at + 2 < pieces.length) root.append(h("pre", {}, h("code", {}, pieces[at + 2].replace(/^\n|\n$/g, ""))));
  }
  root.normalize();
  return root;
}

const BLOCKS = [
  [/^(#{1,3}) (.*)/, ([, marks, inner], names) => h(`h${marks.length + 3}`, {}, inline(inner, names))],
  [/^-# (.*)/, ([, inner], names) => h("small", {}, inline(inner, names))],
  [/^> (.*)/, ([, inner], names) => h("blockquote", {}, inline(inner, names))],
  [/^\s*[-*] (.*)/, ([, inner], names) => h("p", { class: "item" }, "• ", inline(inner, names))],
];

function lines(text, names) {
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(h("p", {}, inline(plain.join("\n"), names)));
    plain = [];
  };
  for (const line of text.replace(/^\n|\n$/g, "").split("\n")) {
    const rule = BLOCKS.find(([pattern]) => pattern.test(line));
    if (!rule) {
      plain.push(line);
      continue;
    }
    flush();
    nodes.push(rule[1](rule[0].exec(line), names));
  }
  flush();
  return nodes;
}

const mention = (text, own = false) => h("span", { class: own ? "mention own" : "mention" }, text);

function link(url, inner) {
  const address = webAddress(url);
  return address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, inner) : h("span", {}, inner);
}

export function spoiler(inner) {
  const cover = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler, press to show" }, inner);
  const uncover = () => {
    cover.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  };
  cover.addEventListener("click", uncover, { once: true });
  cover.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), uncover()));
  return cover;
}

// The message box: sends messages, offers slash commands, and holds the message that is replied to.

import { act } from "./api.js";
import { byId, h, show, toast } from "./dom.js";
import { commandOf, flatten, parse, suggestions, typed } from "./slash.js";

export class Composer {
  constructor(view) {
    Object.assign(this, { view, box: byId("box"), list: byId("suggestions"), answered: null, offered: [], marked: -1, asked: 0 });
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.box.addEventListener("input", () => this.suggest());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.offer([]), 150));
  }

  fill(text) {
    this.box.value = text;
    this.box.focus();
    this.offer([]);
  }

  reply(message) {
    this.answered = message;
    const box = byId("replying");
    show(box, Boolean(message));
    if (!message) return;
    box.replaceChildren(`Replying to ${this.view.store.name(message.author.id)} `,
      h("button", { type: "button", "aria-label": "Do not reply", onclick: () => this.reply(null) }, "✕"));
    this.box.focus();
  }

  async send() {
    const text = this.box.value.trim();
    if (!text) return;
    const done = text.startsWith("/") ? await this.command(text) : await this.say(text);
    if (!done) return;
    this.box.value = "";
    this.offer([]);
    this.reply(null);
  }

  say(text) {
    return act("say", { ...this.view.target(), content: text, reply_to: this.answered?.id });
  }

  async command(text) {
    const command = commandOf(text, flatten(this.view.commands));
    if (!command) {
      toast(this.view.commands.length ? "There is no such command here." : "The bot has not registered its commands yet.");
      return null;
    }
    const options = typed(parse(text, command).values, command);
    return act("slash", { ...this.view.target(), name: command.name, options });
  }

  async suggest() {
    const asked = ++this.asked;
    const text = this.box.value.trimStart();
    const found = text.startsWith("/") ? await suggestions(text, flatten(this.view.commands), this.view.target()) : [];
    // An answer is outdated when more has been typed since.
    if (asked === this.asked) this.offer(found.slice(0, 12));
  }

  offer(found) {
    this.offered = found;
    this.list.replaceChildren(...found.map((one, number) =>
      h("li", { role: "option", id: `suggestion-${number}`, "aria-selected": "false", onmousedown: (event) => {
        event.preventDefault();
        this.take(number);
      } }, h("strong", {}, one.text), " ", one.about || "")));
    show(this.list, found.length > 0);
    this.box.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(-1);
  }

  mark(number) {
    this.marked = number;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
    if (number < 0) this.box.removeAttribute("aria-activedescendant");
    else this.box.setAttribute("aria-activedescendant", `suggestion-${number}`);
  }

  take(number) {
    this.box.value = this.offered[number].insert;
    this.suggest();
  }

  key(event) {
    const count = this.offered.length;
    if (!count) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.mark((this.marked + steps[event.key] + count) % count);
    else if (event.key === "Tab" && !event.shiftKey) this.take(Math.max(0, this.marked));
    else if (event.key === "Enter" && this.marked >= 0) this.take(this.marked);
    else if (event.key === "Escape") this.offer([]);
    else return;
    event.preventDefault();
  }
}

// The main view: the current user and channel, and the messages that the user sees there.

import { act, Feed } from "./api.js";
import { Composer } from "./composer.js";
import { byId, h, toast } from "./dom.js";
import { messageView, paint } from "./message.js";
import { Panel } from "./panel.js";
import { Store } from "./store.js";

const DIRECT = "@bot";
const MENU = 3;
const TYPING_MS = 9000;

class View {
  constructor() {
    Object.assign(this, { store: new Store(), me: "ada", where: "general", commands: [], waiting: new Map(), drawn: new Map() });
    this.isAtBottom = true;
    this.names = {
      user: (id) => this.store.name(id),
      role: (id) => this.store.role(id),
      channel: (id) => this.store.channel(id)?.name ?? "unknown",
      me: null,
    };
    this.composer = new Composer(this);
    this.panel = new Panel(this);
    this.store.addEventListener("guilds", () => this.updateGuild());
    this.store.addEventListener("message", ({ detail }) => this.message(detail));
    this.store.addEventListener("commands", () => this.loadCommands());
    this.store.addEventListener("typing", ({ detail }) => this.showTyping(detail));
    this.store.addEventListener("failed", ({ detail }) => this.finishInteraction(detail, true));
    this.store.addEventListener("answered", ({ detail }) => this.finishInteraction(detail, false));
    byId("user").addEventListener("change", (event) => this.switchUser(event.target.value));
    byId("panel-toggle").addEventListener("click", () => this.toggle());
    byId("scroller").addEventListener("scroll", () => (this.isAtBottom = this.atBottom()), { passive: true });
    // Pictures and players change their size after they have been added.
    new ResizeObserver(() => this.isAtBottom && this.scrollDown()).observe(byId("messages"));
    this.feed = new Feed({
      onRestart: () => this.restart(),
      onEntry: (entry) => this.store.apply(entry),
      onConnection: (yes) => this.showConnection(yes),
    });
    this.feed.start();
  }

  get meId() {
    return [...this.store.users.values()].find((user) => user.username === this.me)?.id;
  }

  guild = () => this.store.guilds[0];

  channel() {
    if (this.where === DIRECT) return this.store.directWith(this.meId);
    return this.guild()?.channels.find((channel) => channel.name === this.where);
  }

  target = () => ({ user: this.me, channel: this.where });

  menuCommands = () => this.commands.filter((one) => one.type === MENU).map((one) => one.name);

  reply = (message) => this.composer.reply(message);

  switchUser(username) {
    this.me = username;
    this.updateGuild();
  }

  openChannel(name) {
    this.where = name;
    this.composer.reply(null);
    this.updateGuild();
    this.composer.box.focus();
  }

  tryLink(url) {
    this.toggle(false);
    const text = this.composer.box.value.trim();
    this.composer.fill(/^(\$|\/)\S+$/.test(text) ? `${text} ${url}` : `$dl ${url}`);
  }

  toggle(open = byId("panel-toggle").getAttribute("aria-expanded") !== "true") {
    byId("panel-toggle").setAttribute("aria-expanded", String(open));
    byId("panel").classList.toggle("open", open);
  }

  // A request of the time before may already have drawn the new sandbox, without its messages.
  restart() {
    this.store.clear();
    this.drawn.clear();
  }

  showConnection(yes) {
    const element = byId("connection");
    element.textContent = yes ? "" : "The sandbox does not answer. Trying again…";
    if (yes) this.store.refresh().then(() => this.panel.refresh()).catch(() => {});
  }

  updateGuild() {
    this.names.me = this.meId;
    this.updateUsers();
    this.updateChannels();
    byId("channel-name").textContent = this.where === DIRECT ? "@ Boss-Bot" : `# ${this.where}`;
    this.panel.updateGuild();
    this.drawOnce("messages", [this.channel()?.id, this.meId, ...this.store.users.keys()], () => this.redraw());
    this.loadCommands();
  }

  // Draws only when the facts have changed, because a redrawn element loses the focus.
  drawOnce(name, facts, draw) {
    const key = JSON.stringify(facts);
    if (this.drawn.get(name) === key) return;
    this.drawn.set(name, key);
    draw();
  }

  updateChannels() {
    const named = (this.guild()?.channels ?? []).map((one) => [one.name, `${one.nsfw ? "🔞" : "#"} ${one.name}`]);
    const all = [...named, [DIRECT, "@ Boss-Bot"]];
    this.drawOnce("channels", all, () =>
      byId("channels").replaceChildren(...all.map(([name, text]) =>
        h("li", {}, h("button", { type: "button", "data-channel": name, onclick: () => this.openChannel(name) }, text)))));
    for (const button of byId("channels").querySelectorAll("button")) {
      if (button.dataset.channel === this.where) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  }

  updateUsers() {
    const users = [...this.store.users.values()].filter((user) => !user.bot);
    this.drawOnce("users", users, () =>
      byId("user").replaceChildren(...users.map((user) =>
        h("option", { value: user.username, selected: user.username === this.me }, user.global_name || user.username))));
    const own = users.find((user) => user.username === this.me);
    if (own) paint(byId("own-avatar"), own);
  }

  async loadCommands() {
    if (!this.channel()) this.commands = this.where === DIRECT ? this.commands : [];
    else this.commands = (await act("commands", this.target()))?.commands ?? [];
  }

  redraw() {
    const channel = this.channel();
    const messages = channel ? this.store.visibleMessages(channel.id, this.meId) : [];
    byId("messages").replaceChildren(...messages.map((message) => messageView(message, this, byId(`message-${message.id}`))));
    this.scrollDown();
  }

  message({ message, gone }) {
    if (message.channel_id !== this.channel()?.id || !this.store.mayRead(message, this.meId)) return;
    const before = byId(`message-${message.id}`);
    if (gone) {
      before?.remove();
      return;
    }
    const focused = before?.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const after = messageView(message, this, before);
    if (before) before.replaceWith(after);
    else byId("messages").append(after);
    // A card is edited every few seconds; a keyboard user must keep the focus on its buttons.
    if (focused) after.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    if (message.author.id === this.store.bot?.id) byId("typing").textContent = "";
    if (this.isAtBottom) this.scrollDown();
  }

  atBottom() {
    const box = byId("scroller");
    return box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  }

  scrollDown() {
    const box = byId("scroller");
    box.scrollTop = box.scrollHeight;
  }

  jump(channelId, messageId) {
    const channel = this.store.channel(channelId);
    if (channel?.name && channel.name !== this.where) this.openChannel(channel.name);
    const target = byId(`message-${messageId}`);
    if (!target) return toast("That message is gone.");
    target.scrollIntoView({ block: "center" });
    target.classList.add("target");
    setTimeout(() => target.classList.remove("target"), 2000);
    return null;
  }

  pressed(interactionId, button) {
    this.waiting.set(interactionId, button);
    // The bot may have answered before this page knows the id of the interaction.
    setTimeout(() => button.removeAttribute("aria-busy"), 4000);
  }

  finishInteraction(interaction, failed) {
    this.waiting.get(interaction.id)?.removeAttribute("aria-busy");
    this.waiting.delete(interaction.id);
    if (failed && interaction.user_id === this.meId) toast("This interaction failed.");
  }

  showTyping(entry) {
    if (entry.channel_id !== this.channel()?.id || entry.user_id === this.meId) return;
    byId("typing").textContent = `${this.store.name(entry.user_id)} is typing…`;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => (byId("typing").textContent = ""), TYPING_MS);
  }
}

new View();

// The data of the page: users, guilds and channels from the state, messages from the feed.

import { get } from "./api.js";

const MESSAGES = ["MessageCreated", "MessageEdited", "ReactionAdded", "ReactionRemoved", "ReactionsCleared"];
const STATE_EVENTS = ["Guild", "Channel", "Role", "Member"];
const EPHEMERAL = 64;

// Fires "message" (detail: message, gone), "guilds", "bot", "typing", "failed", "answered", "fault" and "commands".
export class Store extends EventTarget {
  constructor() {
    super();
    this.clear();
  }

  clear() {
    Object.assign(this, { users: new Map(), guilds: [], direct: [], bot: null, messages: new Map(), online: false });
  }

  async refresh() {
    const state = await get("/_control/state");
    this.users = new Map(state.users.map((user) => [user.id, user]));
    this.guilds = state.guilds;
    this.direct = state.direct_channels;
    this.bot = state.bot;
    this.emit("guilds");
  }

  apply(entry) {
    if (MESSAGES.includes(entry.type)) this.saveMessage(entry.message);
    else if (entry.type === "MessageDeleted") this.removeMessage(entry.message);
    else if (STATE_EVENTS.some((prefix) => entry.type.startsWith(prefix))) this.scheduleRefresh();
    else if (entry.type.startsWith("Gateway")) this.updateConnection(entry);
    else if (entry.type === "TypingStarted") this.emit("typing", entry);
    else if (entry.type === "InteractionFailed") this.emit("failed", entry.interaction);
    else if (entry.type === "InteractionAnswered") this.emit("answered", entry.interaction);
    else if (entry.type === "FaultHappened") this.emit("fault", entry);
    else if (entry.type === "CommandsRegistered") this.emit("commands");
  }

  saveMessage(message) {
    this.messages.set(message.id, message);
    if (!this.channel(message.channel_id)) this.scheduleRefresh();
    this.emit("message", { message });
  }

  removeMessage(message) {
    this.messages.delete(message.id);
    this.emit("message", { message, gone: true });
  }

  updateConnection(entry) {
    if (entry.type === "GatewayIdentified" || entry.type === "GatewayResumed") this.online = true;
    if (entry.type === "GatewayClosed" || entry.type === "GatewayRefused") this.online = false;
    this.emit("bot");
  }

  // Many objects are created when a sandbox starts; one refresh is enough for all of them.
  scheduleRefresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh().catch(() => {}), 50);
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  channel(id) {
    const all = [...this.guilds.flatMap((guild) => guild.channels), ...this.direct];
    return all.find((channel) => channel.id === id);
  }

  directWith(userId) {
    return this.direct.find((channel) => channel.recipients.some((one) => one.id === userId));
  }

  name(userId) {
    const user = this.users.get(userId);
    return user ? user.global_name || user.username : "unknown";
  }

  role(roleId) {
    return this.guilds.flatMap((guild) => guild.roles).find((role) => role.id === roleId)?.name ?? "unknown";
  }

  // Returns the visible messages, oldest first: ids increase with time.
  visibleMessages(channelId, viewerId) {
    return [...this.messages.values()]
      .filter((message) => message.channel_id === channelId && this.mayRead(message, viewerId))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  }

  mayRead(message, viewerId) {
    return !(message.flags & EPHEMERAL) || message.visible_to === viewerId;
  }
}

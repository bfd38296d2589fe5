// What the page knows: people and places as they are, messages as the feed told.

import { get } from "./api.js";

const MESSAGES = ["MessageCreated", "MessageEdited", "ReactionAdded", "ReactionRemoved", "ReactionsCleared"];
const PLACES = ["Guild", "Channel", "Role", "Member"];
const EPHEMERAL = 64;

// Fires "message" (detail: message, gone), "places", "bot", "typing", "failed", "answered", "fault" and "commands".
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
    this.tell("places");
  }

  apply(entry) {
    if (MESSAGES.includes(entry.type)) this.keep(entry.message);
    else if (entry.type === "MessageDeleted") this.forget(entry.message);
    else if (PLACES.some((place) => entry.type.startsWith(place))) this.later();
    else if (entry.type.startsWith("Gateway")) this.connection(entry);
    else if (entry.type === "TypingStarted") this.tell("typing", entry);
    else if (entry.type === "InteractionFailed") this.tell("failed", entry.interaction);
    else if (entry.type === "InteractionAnswered") this.tell("answered", entry.interaction);
    else if (entry.type === "FaultHappened") this.tell("fault", entry);
    else if (entry.type === "CommandsRegistered") this.tell("commands");
  }

  keep(message) {
    this.messages.set(message.id, message);
    if (!this.channel(message.channel_id)) this.later();
    this.tell("message", { message });
  }

  forget(message) {
    this.messages.delete(message.id);
    this.tell("message", { message, gone: true });
  }

  connection(entry) {
    if (entry.type === "GatewayIdentified" || entry.type === "GatewayResumed") this.online = true;
    if (entry.type === "GatewayClosed" || entry.type === "GatewayRefused") this.online = false;
    this.tell("bot");
  }

  // Many places change at once when a sandbox begins; one look is enough for all.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh().catch(() => {}), 50);
  }

  tell(name, detail) {
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

  // Oldest first; ids are made in order, and longer numbers are later ones.
  shown(channelId, viewerId) {
    return [...this.messages.values()]
      .filter((message) => message.channel_id === channelId && this.mayRead(message, viewerId))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  }

  mayRead(message, viewerId) {
    return !(message.flags & EPHEMERAL) || message.visible_to === viewerId;
  }
}

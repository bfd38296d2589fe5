// One message: author, time, content, and the actions on it.

import { act } from "./api.js";
import { attachment } from "./attachments.js";
import { components } from "./components.js";
import { h } from "./dom.js";
import { embed } from "./embeds.js";
import { markdown } from "./markdown.js";
import { clock } from "./times.js";

const EPHEMERAL = 64;
const LOADING = 128;
const REACTIONS = ["⏸️", "▶️", "⏹️", "ℹ️", "🔄", "👍"];
const HUES = [235, 340, 150, 30, 275, 195];

export function avatar(user) {
  const element = h("span", { class: "avatar", "aria-hidden": "true" });
  return paint(element, user);
}

export function paint(element, user) {
  const hue = HUES[[...user.username].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % HUES.length];
  element.style.setProperty("--hue", hue);
  element.textContent = (user.global_name || user.username)[0].toUpperCase();
  return element;
}

// Takes the players and pictures of the element `before` over, so that an edit does not stop a video.
export function messageView(message, view, before = null) {
  const user = view.store.users.get(message.author.id) || message.author;
  const ephemeral = Boolean(message.flags & EPHEMERAL);
  const named = message.mentions.some((one) => one.id === view.meId);
  const content = [
    context(message, view), heading(message, user), body(message, view), files(message, before),
    components(message, view), reactions(message, view), ephemeral && note(),
  ];
  return h("li", {
    class: ["message", ephemeral && "ephemeral", named && "named"].filter(Boolean).join(" "),
    id: `message-${message.id}`,
    "data-author": user.username,
  }, avatar(user), h("div", { class: "content" }, content.flat()), tools(message, view));
}

function context(message, view) {
  const used = message.interaction || (message.interaction_metadata && { user: message.interaction_metadata.user });
  if (used?.name) return h("p", { class: "context" }, `${view.store.name(used.user.id)} used /${used.name}`);
  if (!message.message_reference) return null;
  const answered = message.referenced_message;
  const said = answered?.content || (answered?.attachments.length ? "📎" : "▤");
  const text = answered ? `${view.store.name(answered.author.id)}: ${said}` : "a message that was deleted";
  return h("p", { class: "context" }, `↪ ${text}`);
}

function heading(message, user) {
  return h("p", { class: "heading" },
    h("strong", {}, user.global_name || user.username),
    user.bot && h("span", { class: "badge" }, "APP"),
    h("time", { datetime: message.timestamp }, clock(message.timestamp)));
}

function body(message, view) {
  if (message.flags & LOADING) return h("p", { class: "thinking" }, `${view.store.name(message.author.id)} is thinking…`);
  const edited = message.edited_timestamp && message.content && h("span", { class: "edited", title: clock(message.edited_timestamp) }, "(edited)");
  return [
    message.content && markdown(message.content, view.names),
    ...message.embeds.map((one) => embed(one, view.names)),
    edited,
  ];
}

function files(message, before) {
  return message.attachments.map((file) => {
    const known = before?.querySelector(`[data-file="${CSS.escape(file.id)}"]`);
    return known ? known.closest(".veil") || known : attachment(file);
  });
}

function reactions(message, view) {
  const all = Object.entries(message.reacted || {}).filter(([, users]) => users.length);
  if (!all.length) return null;
  return h("div", { class: "row reactions" }, all.map(([emoji, users]) => {
    const own = users.includes(view.meId);
    const who = users.map((id) => view.store.name(id)).join(", ");
    return h("button", {
      type: "button", class: own ? "own" : "", "aria-pressed": String(own), title: who, "data-key": `reaction ${emoji}`,
      "aria-label": `${emoji}, ${users.length}: ${who}`,
      onclick: () => act(own ? "unreact" : "react", { user: view.me, message: message.id, emoji }),
    }, emoji, " ", String(users.length));
  }));
}

const note = () => h("p", { class: "context" }, "👁 Only you can see this");

function tools(message, view) {
  if (message.flags & EPHEMERAL) return null;
  const bar = h("div", { class: "tools", role: "toolbar", "aria-label": "Message" });
  const picker = h("span", { class: "picker", hidden: true }, REACTIONS.map((emoji) =>
    h("button", { type: "button", "aria-label": `React with ${emoji}`, onclick: () => {
      picker.hidden = true;
      act("react", { user: view.me, message: message.id, emoji });
    } }, emoji)));
  bar.append(
    picker,
    h("button", { type: "button", title: "React", "aria-label": "React", onclick: () => (picker.hidden = !picker.hidden) }, "☺"),
    h("button", { type: "button", title: "Reply", "aria-label": "Reply", onclick: () => view.reply(message) }, "↩"),
    ...view.menuCommands().map((name) =>
      h("button", { type: "button", title: name, "aria-label": name, onclick: () =>
        act("message_menu", { user: view.me, message: message.id, name }) }, "⋯")),
    ...(message.author.id === view.meId
      ? [h("button", { type: "button", title: "Delete", "aria-label": "Delete", onclick: () => act("delete", { user: view.me, message: message.id }) }, "🗑")]
      : []),
  );
  return bar;
}

// Client of the control API of the local Discord, and the feed of its log entries.

import { toast } from "./dom.js";

export async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// Returns the JSON response; on an error it shows a toast and returns null.
export async function post(path, body = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    toast("The sandbox does not answer.");
    return null;
  }
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) return data;
  toast(data.message || `The sandbox answered ${answer.status}.`);
  return null;
}

export const act = (name, body) => post(`/_control/act/${name}`, body);
export const admin = (name, body) => post(`/_control/admin/${name}`, body);
export const fault = (name, body) => post(`/_control/fault/${name}`, body);

// Calls `onEntry` with every log entry from the first one, across reconnections, and `onRestart` for a new sandbox.
export class Feed {
  constructor({ onRestart, onEntry, onConnection }) {
    Object.assign(this, { onRestart, onEntry, onConnection, next: 0, botId: null, delayMs: 500 });
  }

  async start() {
    try {
      const state = await get("/_control/state");
      if (state.bot.id !== this.botId) {
        this.botId = state.bot.id;
        this.next = 0;
        this.onRestart();
      }
    } catch {
      this.reconnect();
      return;
    }
    // A new sandbox may start between the two requests: it refuses the id of the old bot, and the next attempt starts anew.
    const socket = new WebSocket(`ws://${location.host}/_control/events?start=${this.next}&bot=${this.botId}`);
    socket.onopen = () => {
      this.delayMs = 500;
      this.onConnection(true);
    };
    socket.onmessage = (message) => {
      const entry = JSON.parse(message.data);
      this.next = entry.number + 1;
      this.onEntry(entry);
    };
    socket.onclose = () => this.reconnect();
  }

  reconnect() {
    this.onConnection(false);
    setTimeout(() => this.start(), this.delayMs);
    this.delayMs = Math.min(this.delayMs * 2, 5000);
  }
}

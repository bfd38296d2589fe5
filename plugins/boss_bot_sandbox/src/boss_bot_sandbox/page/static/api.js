// The local Discord's control API, and the feed of everything that happens.

import { toast } from "./dom.js";

export async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// What was wrong is shown to the person; the caller gets null.
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
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  toast(said.message || `The sandbox answered ${answer.status}.`);
  return null;
}

export const act = (name, body) => post(`/_control/act/${name}`, body);
export const admin = (name, body) => post(`/_control/admin/${name}`, body);
export const fault = (name, body) => post(`/_control/fault/${name}`, body);

// Calls `hear` with every entry from the first on, across reconnections; `fresh` when another sandbox has begun.
export class Feed {
  constructor({ fresh, hear, connected }) {
    Object.assign(this, { fresh, hear, connected, next: 0, world: null, pause: 500 });
  }

  async start() {
    try {
      const state = await get("/_control/state");
      if (state.bot.id !== this.world) {
        this.world = state.bot.id;
        this.next = 0;
        this.fresh();
      }
    } catch {
      this.again();
      return;
    }
    // Another sandbox may begin between the two requests: it refuses the old one's count, and the next round begins anew.
    const socket = new WebSocket(`ws://${location.host}/_control/events?start=${this.next}&bot=${this.world}`);
    socket.onopen = () => {
      this.pause = 500;
      this.connected(true);
    };
    socket.onmessage = (message) => {
      const entry = JSON.parse(message.data);
      this.next = entry.number + 1;
      this.hear(entry);
    };
    socket.onclose = () => this.again();
  }

  again() {
    this.connected(false);
    setTimeout(() => this.start(), this.pause);
    this.pause = Math.min(this.pause * 2, 5000);
  }
}

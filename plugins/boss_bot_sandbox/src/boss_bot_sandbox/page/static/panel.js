// The side panel: the process of the bot, samples, boosts, permissions and faults.

import { admin, fault, get, post } from "./api.js";
import { byId, h, sizeText } from "./dom.js";

const RIGHTS = [["attach_files", "attach files", 15n], ["embed_links", "embed links", 14n], ["add_reactions", "add reactions", 6n]];
const EDITS = "PATCH /channels/*/messages/*";
const SENDS = "POST /channels/*/messages";
const FAULTS = [
  ["429 on the next 3 edits", () => fault("rate_limit", { route: EDITS, retry_after_s: 3, count: 3 })],
  ["429 everywhere", () => fault("rate_limit", { retry_after_s: 3, everywhere: true })],
  ["502 on the next message", () => fault("error", { status: 502, route: SENDS })],
  ["502 although it was sent", () => fault("error", { status: 502, route: SENDS, applied: true })],
  ["413 on the next message", () => fault("too_large", {})],
  ["Gateway drop", () => fault("gateway_drop", {})],
  ["Invalid session", () => fault("gateway_invalidate", {})],
  ["Outage of 10 s", () => fault("outage", { duration_s: 10 })],
  ["Mend everything", () => fault("clear", {})],
];

export class Panel {
  constructor(view) {
    this.view = view;
    byId("bot-kill").addEventListener("click", () => post("/harness/bot/kill"));
    byId("faults").append(...FAULTS.map(([name, order]) => h("button", { type: "button", onclick: order }, name)));
    byId("tiers").append(...[0, 1, 2, 3].map((tier) =>
      h("button", { type: "button", onclick: () => admin("boost", { guild: view.guild().id, tier }) }, `Tier ${tier}`)));
    view.store.addEventListener("fault", ({ detail }) => {
      byId("fault-news").textContent = `${detail.what}, at ${detail.where}`;
    });
    view.store.addEventListener("bot", () => this.refresh());
    setInterval(() => this.refresh(), 2000);
    this.refresh();
  }

  async refresh() {
    const status = await get("/harness").catch(() => null);
    if (!status) return;
    this.bot(status.bot);
    const log = byId("bot-log");
    const text = status.lines.join("\n");
    if (log.textContent !== text) {
      log.textContent = text;
      log.scrollTop = log.scrollHeight;
    }
    if (!byId("samples").childElementCount) this.samples(status.samples);
  }

  bot({ pid, starts, exit_code: code }) {
    const state = pid === null ? "ended" : this.view.store.online ? "online" : "starting";
    const facts = [state, pid !== null && `process ${pid}`, starts > 1 && `start ${starts}`, code !== null && `ended with ${code} before`];
    const element = byId("bot-state");
    element.className = `state ${state}`;
    const text = facts.filter(Boolean).join(" · ");
    if (element.textContent !== text) element.textContent = text;
    byId("bot-kill").disabled = pid === null;
  }

  samples(all) {
    byId("samples").append(...all.map((one) => h("li", {}, h("button", {
      type: "button", "data-sample": one.name, title: one.url, onclick: () => this.view.tryLink(one.url),
    }, h("strong", {}, one.name), h("span", {}, one.about)))));
  }

  updateGuild() {
    const guild = this.view.guild();
    [...byId("tiers").children].forEach((button, tier) =>
      button.setAttribute("aria-pressed", String(guild?.premium_tier === tier)));
    byId("limit").textContent = guild ? `One file may weigh ${sizeText(guild.upload_limit_bytes)} here.` : "";
    this.rights();
  }

  rights() {
    const channel = this.view.channel();
    const own = channel?.permission_overwrites?.find((one) => one.id === this.view.store.bot?.id);
    const denied = BigInt(own?.deny ?? 0);
    this.view.drawOnce("rights", [channel?.id, String(denied)], () =>
      byId("rights").replaceChildren(...RIGHTS.map(([permission, name, bit]) => this.right(channel, permission, name, !((denied >> bit) & 1n)))));
  }

  right(channel, permission, name, granted) {
    const box = h("input", { type: "checkbox", disabled: !channel?.guild_id, checked: granted });
    box.addEventListener("change", () => admin(box.checked ? "grant" : "withdraw", { channel: channel.id, permission }));
    return h("label", {}, box, ` ${name}`);
  }
}

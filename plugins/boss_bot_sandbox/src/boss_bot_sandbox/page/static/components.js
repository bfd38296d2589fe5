// Buttons and select menus of a message.

import { act } from "./api.js";
import { h, webAddress } from "./dom.js";

const BUTTON = 2;
const LINK = 5;
const STRING_MENU = 3;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

export function components(message, view) {
  return (message.components || [])
    .filter((row) => row.components?.length)
    .map((row) => h("div", { class: "row buttons" }, row.components.map((part) => component(part, message, view))));
}

function component(part, message, view) {
  if (part.type === BUTTON && part.style === LINK) return linkButton(part, view);
  if (part.type === BUTTON) return button(part, message, view);
  return part.type === STRING_MENU ? menu(part, message, view) : null;
}

const label = (part) => [part.emoji?.name && h("span", { "aria-hidden": "true" }, part.emoji.name), part.label || part.emoji?.name];

function button(part, message, view) {
  const element = h("button", { type: "button", class: STYLES[part.style], disabled: part.disabled, "data-key": part.custom_id }, label(part));
  element.addEventListener("click", async () => {
    element.setAttribute("aria-busy", "true");
    const opened = await act("press", { user: view.me, message: message.id, custom_id: part.custom_id });
    if (opened) view.pressed(opened.interaction.id, element);
    else element.removeAttribute("aria-busy");
  });
  return element;
}

// A link to a message of this sandbox scrolls to it; other links open in a new tab.
function linkButton(part, view) {
  const target = /\/channels\/(?:\d+|@me)\/(\d+)\/(\d+)$/.exec(part.url || "");
  if (target) return h("button", { type: "button", class: "link", onclick: () => view.jump(target[1], target[2]) }, label(part));
  const address = webAddress(part.url);
  return address && h("a", { class: "button link", href: address, target: "_blank", rel: "noopener noreferrer" }, label(part));
}

function menu(part, message, view) {
  const options = part.options.map((one) => h("option", { value: one.value, selected: one.default }, one.label));
  const select = h("select", { "aria-label": part.placeholder || "Choose", disabled: part.disabled, "data-key": part.custom_id },
    part.options.some((one) => one.default) ? null : h("option", { value: "", selected: true, disabled: true }, part.placeholder || "Choose"),
    options);
  select.addEventListener("change", () =>
    act("choose", { user: view.me, message: message.id, custom_id: part.custom_id, values: [select.value] }));
  return select;
}

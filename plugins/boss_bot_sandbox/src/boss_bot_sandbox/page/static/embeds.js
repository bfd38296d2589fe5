// Embeds of a message, which most cards use.

import { localAddress } from "./attachments.js";
import { h, webAddress } from "./dom.js";
import { inline, markdown } from "./markdown.js";

export function embed(data, names) {
  const box = h("article", { class: "embed" });
  // Set as a property, because the content security policy forbids style attributes.
  if (data.color) box.style.borderInlineStartColor = `#${data.color.toString(16).padStart(6, "0")}`;
  const address = data.url && webAddress(data.url);
  const title = data.title && inline(data.title, names);
  box.append(
    ...[
      data.author && h("p", { class: "embed-author" }, data.author.name),
      title && h("h4", { dir: "auto" }, address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title) : title),
      data.description && markdown(data.description, names),
      data.fields?.length && h("dl", {}, data.fields.flatMap((field) => fieldNodes(field, names))),
      picture(data.image || data.thumbnail),
      data.footer && h("footer", { dir: "auto" }, data.footer.text),
    ].filter(Boolean),
  );
  return box;
}

const fieldNodes = (field, names) => [
  h("dt", { dir: "auto" }, inline(field.name, names)),
  h("dd", {}, markdown(field.value, names)),
];

// Pictures of other hosts are not loaded, because the sandbox works without internet.
function picture(data) {
  const address = data?.url && localAddress(data.url);
  return address ? h("img", { src: address, alt: "", class: "embed-picture" }) : null;
}

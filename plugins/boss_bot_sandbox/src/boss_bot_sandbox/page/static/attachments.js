// Files of a message: pictures, players, everything else to download, and the veil over spoilers.

import { h, sizeText } from "./dom.js";
import { spoiler } from "./markdown.js";

export function attachment(file) {
  const element = shown(file);
  const caption = h("figcaption", {}, [file.filename, sizeText(file.size), size(file)].filter(Boolean).join(" · "));
  const figure = h("figure", { class: "attachment", "data-file": file.id }, element, caption);
  return file.filename.startsWith("SPOILER_") ? veiled(figure) : figure;
}

function shown(file) {
  const type = file.content_type || "";
  const about = file.description || file.filename;
  const box = { width: file.width, height: file.height };
  if (type.startsWith("image/") && !type.includes("svg")) return h("img", { src: own(file.url), alt: about, ...box });
  if (type.startsWith("video/"))
    return h("video", { src: own(file.url), controls: true, preload: "metadata", "aria-label": about, ...box });
  if (type.startsWith("audio/")) return h("audio", { src: own(file.url), controls: true, "aria-label": about });
  // "download" keeps whatever it is from being opened as a page of this address.
  return h("a", { href: own(file.url), download: file.filename, class: "file" }, `📄 ${file.filename}`);
}

const size = (file) => (file.width ? `${file.width}×${file.height}` : null);

// Files come from the sandbox itself, whichever name it is reached under.
export function own(address) {
  try {
    const url = new URL(address, location.href);
    return url.pathname.startsWith("/attachments/") || url.pathname.startsWith("/ephemeral-attachments/")
      ? url.pathname + url.search
      : null;
  } catch {
    return null;
  }
}

function veiled(figure) {
  const veil = spoiler([figure]);
  veil.classList.add("veil");
  return veil;
}

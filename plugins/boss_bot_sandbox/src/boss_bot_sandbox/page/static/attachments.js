// Files of a message: pictures, players, downloads for other files, and the cover of spoilers.

import { h, sizeText } from "./dom.js";
import { spoiler } from "./markdown.js";

export function attachment(file) {
  const element = shown(file);
  const caption = h("figcaption", {}, [file.filename, sizeText(file.size), size(file)].filter(Boolean).join(" · "));
  const figure = h("figure", { class: "attachment", "data-file": file.id }, element, caption);
  return file.filename.startsWith("SPOILER_") ? covered(figure) : figure;
}

function shown(file) {
  const type = file.content_type || "";
  const about = file.description || file.filename;
  const box = { width: file.width, height: file.height };
  if (type.startsWith("image/") && !type.includes("svg")) return h("img", { src: localAddress(file.url), alt: about, ...box });
  if (type.startsWith("video/"))
    return h("video", { src: localAddress(file.url), controls: true, preload: "metadata", "aria-label": about, ...box });
  if (type.startsWith("audio/")) return h("audio", { src: localAddress(file.url), controls: true, "aria-label": about });
  // "download" prevents the browser from opening the file as a page of this origin.
  return h("a", { href: localAddress(file.url), download: file.filename, class: "file" }, `📄 ${file.filename}`);
}

const size = (file) => (file.width ? `${file.width}×${file.height}` : null);

// Files are loaded from the sandbox itself, under the host name that the page uses.
export function localAddress(address) {
  try {
    const url = new URL(address, location.href);
    return url.pathname.startsWith("/attachments/") || url.pathname.startsWith("/ephemeral-attachments/")
      ? url.pathname + url.search
      : null;
  } catch {
    return null;
  }
}

function covered(figure) {
  const cover = spoiler([figure]);
  cover.classList.add("veil");
  return cover;
}

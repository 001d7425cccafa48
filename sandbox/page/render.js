"use strict";

// Draws one message: its words with their formatting, what it carries, its buttons.

const WRAPPERS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Entities come sorted, the outer before the inner; offsets count UTF-16 units, as strings here do.
function formatted(text, entities) {
  const whole = document.createDocumentFragment();
  drawRange(whole, text, entities, 0, text.length);
  return whole;
}

function drawRange(parent, text, entities, from, to) {
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset > at) parent.append(text.slice(at, entity.offset));
    const inner = entities.slice(index + 1).filter((other) => other.offset < end);
    const wrapper = wrap(entity, text.slice(entity.offset, end));
    drawRange(wrapper, text, inner, Math.max(entity.offset, at), end);
    parent.append(wrapper);
    at = end;
    index += 1 + inner.length;
  }
  if (at < to) parent.append(text.slice(at, to));
}

function wrap(entity, text) {
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url || text);
  if (entity.type === "spoiler") return spoiler();
  const wrapper = element(WRAPPERS[entity.type] || "span", entity.type);
  if (entity.type === "date_time") wrapper.title = new Date(entity.unix_time * 1000).toLocaleString();
  return wrapper;
}

function link(url) {
  const anchor = element("a");
  if (/^(https?|tg):/.test(url)) anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function spoiler() {
  const hidden = element("span", "spoiler");
  hidden.tabIndex = 0;
  hidden.setAttribute("role", "button");
  hidden.setAttribute("aria-label", "Hidden words; press to show");
  const show = () => {
    hidden.className = "";
    hidden.removeAttribute("role");
    hidden.removeAttribute("aria-label");
  };
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show();
  });
  return hidden;
}

function drawMessage(message, act, forward) {
  const box = element("article", message.is_from_bot ? "message bot" : "message own");
  box.dataset.id = message.message_id;
  box.setAttribute("aria-label", message.is_from_bot ? "Bot" : "Person");
  if (message.is_forwarded) box.append(element("p", "note", "Forwarded message"));
  if (message.reply_to !== null) box.append(element("p", "note quote", message.reply_to));
  if (message.media) box.append(drawMedia(message.media));
  if (message.text) {
    const words = element("div", "words");
    words.append(formatted(message.text, message.entities));
    box.append(words);
  }
  box.append(drawMarks(message, forward));
  if (message.keyboard.length) box.append(drawKeyboard(message, act));
  return box;
}

function drawMedia(media) {
  if (media.kind === "photo") {
    const picture = element("img");
    picture.src = `/sandbox/files/${media.file_id}`;
    picture.alt = "Photo";
    return picture;
  }
  if (media.kind === "document") {
    const anchor = element("a", "document", media.name || "Document");
    anchor.href = `/sandbox/files/${media.file_id}`;
    anchor.download = media.name || "document";
    return anchor;
  }
  return element("p", "note", media.kind[0].toUpperCase() + media.kind.slice(1));
}

function drawMarks(message, forward) {
  const marks = element("p", "marks");
  const when = element("time", "", new Date(message.date).toLocaleString([], {
    day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
  }));
  when.dateTime = message.date;
  marks.append(when);
  if (message.is_edited) marks.append(element("span", "", "edited"));
  if (message.is_silent) marks.append(element("span", "", "silent"));
  if (message.is_protected) marks.append(element("span", "", "protected"));
  if (message.is_from_bot && !message.is_protected) marks.append(drawForward(message, forward));
  return marks;
}

// As in the app, what is protected has no such control.
function drawForward(message, forward) {
  const made = element("button", "forwards", "Forward to the bot");
  made.type = "button";
  made.addEventListener("click", () => forward(message));
  return made;
}

function drawKeyboard(message, act) {
  const keyboard = element("div", "keyboard");
  for (const row of message.keyboard) {
    const line = element("div", "line");
    for (const button of row) line.append(drawButton(message, button, act));
    keyboard.append(line);
  }
  return keyboard;
}

function drawButton(message, button, act) {
  if (button.url) {
    const anchor = link(button.url);
    anchor.className = "button";
    anchor.textContent = button.text;
    return anchor;
  }
  const made = element("button", button.is_waiting ? "waiting" : "", button.text);
  made.type = "button";
  if (button.is_waiting) made.setAttribute("aria-busy", "true");
  made.addEventListener("click", () => act(message, button));
  return made;
}

"use strict";

// Keeps the page as the sandbox is: asks for the whole state after each change, redraws what differs.

const STRANGERS_WORDS = "This is your bot. We have moved: send your phrase to our new account.";

const columns = new Map();
let clockOffset = 0;
let isFrozen = false;
let frozenNow = "";
let isAsking = false;
let mustAskAgain = false;

const byId = (id) => document.getElementById(id);

async function call(path, body, method = "POST") {
  const options = body === undefined
    ? {}
    : { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`/sandbox/${path}`, options);
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.description);
  return answer.result;
}

function complain(text) {
  byId("trouble").textContent = text;
  byId("trouble").hidden = !text;
}

async function attempt(column, work) {
  try {
    await work();
  } catch (error) {
    if (column) toast(column, error.message, true);
    else complain(error.message);
  }
}

async function refresh() {
  if (isAsking) {
    mustAskAgain = true;
    return;
  }
  isAsking = true;
  try {
    draw(await call("state"));
    complain("");
  } catch {
    complain("The sandbox does not answer. Is it still running?");
  } finally {
    isAsking = false;
    if (mustAskAgain) {
      mustAskAgain = false;
      refresh();
    }
  }
}

function draw(state) {
  byId("intro").textContent = state.intro;
  drawHints(state.hints);
  clockOffset = new Date(state.clock.now) - Date.now();
  isFrozen = state.clock.is_frozen;
  frozenNow = state.clock.now;
  byId("real-time").disabled = !isFrozen && state.clock.offset_seconds === 0;
  tick();
  const isFirst = columns.size === 0;
  for (const person of state.people) drawPerson(person);
  if (isFirst) byId("people").scrollLeft = 0;
}

function drawHints(hints) {
  const list = byId("hints");
  const signature = JSON.stringify(hints);
  if (list.dataset.signature === signature) return;
  list.dataset.signature = signature;
  list.hidden = !hints.length;
  list.replaceChildren(...hints.map(({ name, value }) => {
    const item = element("li");
    const copy = element("button", "", "Copy");
    copy.type = "button";
    copy.setAttribute("aria-label", `Copy: ${name}`);
    copy.addEventListener("click", () => copyText(value, () => { copy.textContent = "Copied"; }));
    item.append(element("span", "", `${name}: `), element("code", "", value), copy);
    return item;
  }));
}

async function copyText(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    done();
  } catch {
    window.prompt("Copy this text:", text);
  }
}

function tick() {
  const now = isFrozen ? new Date(frozenNow) : new Date(Date.now() + clockOffset);
  byId("now").textContent = now.toLocaleString([], {
    weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
    timeZoneName: "short",
  }) + (isFrozen ? " (held still)" : "");
}

function drawPerson(person) {
  let column = columns.get(person.user_id);
  if (!column) {
    column = addColumn(person);
    columns.set(person.user_id, column);
    byId("people").insertBefore(column, byId("newcomer"));
  }
  column.querySelector(".about").textContent = about(person);
  const block = column.querySelector(".block");
  block.dataset.deed = person.is_blocked ? "unblock" : "block";
  block.textContent = person.is_blocked ? "Unblock the bot" : "Block the bot";
  drawCommands(column, person);
  drawMessages(column, person);
  drawAnswers(column, person.answers);
}

function about(person) {
  const parts = [person.language_code, String(person.user_id)];
  if (person.is_blocked) parts.push("has blocked the bot");
  if (person.is_deactivated) parts.push("account deleted");
  return parts.join(" · ");
}

function addColumn(person) {
  const column = byId("person").content.firstElementChild.cloneNode(true);
  const path = `people/${person.user_id}`;
  column.dataset.path = path;
  column.querySelector("h2").textContent = person.first_name;
  column.setAttribute("aria-label", person.first_name);
  column.querySelector(".messages").setAttribute("aria-label", `Chat of ${person.first_name}`);
  column.querySelector(".compose").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = column.querySelector(".text");
    const text = input.value.trim();
    if (text) attempt(column, () => call(`${path}/say`, { text }).then(() => { input.value = ""; }));
  });
  column.querySelector(".menu").addEventListener("click", () => toggle(column, ".menu", ".commands"));
  column.querySelector(".others").addEventListener("click", () => toggle(column, ".others", ".more"));
  column.querySelector(".forward").addEventListener("click", () => attempt(column, () => forwardFromStranger(column)));
  for (const button of column.querySelectorAll(".more [data-deed]:not(input)")) {
    button.addEventListener("click", () => attempt(column, () => call(`${path}/${button.dataset.deed}`, {})));
  }
  for (const input of column.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => attempt(column, () => sendFile(path, input)));
  }
  column.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggle(column, ".menu", ".commands", true);
    toggle(column, ".others", ".more", true);
  });
  return column;
}

async function sendFile(path, input) {
  const file = input.files[0];
  if (!file) return;
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new Error("This file cannot be read."));
    reader.readAsDataURL(file);
  });
  input.value = "";
  await call(`${path}/${input.dataset.deed}`, { name: file.name, base64: url.slice(url.indexOf(",") + 1) });
}

function toggle(column, opener, opened, mustClose = false) {
  const part = column.querySelector(opened);
  part.hidden = mustClose || !part.hidden;
  column.querySelector(opener).setAttribute("aria-expanded", String(!part.hidden));
}

// What was typed becomes the words of somebody else, who hides their account.
async function forwardFromStranger(column) {
  const input = column.querySelector(".text");
  await call(`${column.dataset.path}/forward`, { text: input.value.trim() || STRANGERS_WORDS });
  input.value = "";
  toggle(column, ".others", ".more", true);
}

function drawCommands(column, person) {
  const list = column.querySelector(".commands");
  const hasStarted = person.messages.length > 0;
  const offered = hasStarted ? person.commands : [{ command: "start", description: "Begin the chat" }];
  const signature = JSON.stringify(offered);
  if (list.dataset.signature === signature) return;
  list.dataset.signature = signature;
  list.replaceChildren(...offered.map(({ command, description }) => {
    const item = element("li");
    const button = element("button", "", `/${command}`);
    button.type = "button";
    button.append(element("span", "", description));
    button.addEventListener("click", () => {
      toggle(column, ".menu", ".commands", true);
      attempt(column, () => call(`${column.dataset.path}/say`, { text: `/${command}` }));
    });
    item.append(button);
    return item;
  }));
  column.querySelector(".menu").disabled = !offered.length;
}

function drawMessages(column, person) {
  const log = column.querySelector(".messages");
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const old = new Map([...log.querySelectorAll(".message")].map((box) => [box.dataset.id, box]));
  let hasChanged = false;
  let before = null;
  for (const message of person.messages) {
    const signature = JSON.stringify(message);
    let box = old.get(String(message.message_id));
    old.delete(String(message.message_id));
    if (!box || box.dataset.signature !== signature) {
      box = replaceMessage(log, column, message, signature, box);
      hasChanged = true;
    }
    const place = before ? before.nextSibling : log.firstChild;
    if (place !== box) log.insertBefore(box, place);
    before = box;
  }
  for (const box of old.values()) box.remove();
  drawBeginning(log, column, person);
  if (hasChanged && isAtEnd) showEnd(log);
}

// A picture has no height before it has come.
function showEnd(log) {
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  toEnd();
  for (const picture of log.querySelectorAll("img")) {
    if (!picture.complete) picture.addEventListener("load", toEnd, { once: true });
  }
}

// An edited message keeps the keyboard user's place among its buttons.
function replaceMessage(log, column, message, signature, old) {
  const box = drawMessage(message, (of, button) => press(column, of, button), (of) => forward(column, of));
  box.dataset.signature = signature;
  if (!old) return box;
  const focused = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  old.replaceWith(box);
  const fresh = box.querySelectorAll("button, a");
  if (focused >= 0 && fresh.length) fresh[Math.min(focused, fresh.length - 1)].focus();
  return box;
}

function drawBeginning(log, column, person) {
  const shown = log.querySelector(".beginning");
  if (person.messages.length || person.is_deactivated) {
    if (shown) shown.remove();
  } else if (!shown) {
    const begin = element("button", "beginning main", "Start");
    begin.type = "button";
    begin.addEventListener("click", () => attempt(column, () => call(`${column.dataset.path}/say`, { text: "/start" })));
    log.append(begin);
  }
}

function press(column, message, button) {
  if (button.copies) {
    copyText(button.copies, () => toast(column, `Copied: ${button.copies}`));
    return;
  }
  if (button.data === null) return;
  attempt(column, () => call(`${column.dataset.path}/tap`, { message_id: message.message_id, data: button.data }));
}

function forward(column, message) {
  attempt(column, () => call(`${column.dataset.path}/forward`, { message_id: message.message_id }));
}

function drawAnswers(column, answers) {
  const newest = answers.at(-1);
  if (!newest || column.dataset.answered === newest.callback_id) return;
  column.dataset.answered = newest.callback_id;
  toast(column, newest.text, newest.is_alert);
}

function toast(column, text, isUrgent = false) {
  const box = column.querySelector(".toast");
  box.textContent = text;
  box.classList.toggle("urgent", isUrgent);
  box.hidden = false;
  clearTimeout(Number(box.dataset.timer));
  box.dataset.timer = setTimeout(() => { box.hidden = true; }, isUrgent ? 12000 : 5000);
}

byId("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = byId("name").value.trim();
  attempt(null, async () => {
    const person = await call("people", { first_name: name, language_code: byId("language").value });
    byId("name").value = "";
    await refresh();
    const column = columns.get(person.user_id);
    if (column) {
      column.scrollIntoView({ inline: "nearest", block: "nearest" });
      column.querySelector(".text").focus();
    }
  });
});
for (const button of document.querySelectorAll("#clock [data-seconds]")) {
  button.addEventListener("click", () => {
    attempt(null, () => call("clock", { advance_seconds: Number(button.dataset.seconds) }));
  });
}
byId("real-time").addEventListener("click", () => attempt(null, () => call("clock", { reset: true })));

const events = new EventSource("/sandbox/events");
events.onmessage = refresh;
events.onerror = () => complain("The sandbox does not answer. Is it still running?");
setInterval(tick, 1000);

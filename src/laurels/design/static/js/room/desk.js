// The desk: keys, deeds without leaving the page, columns that follow what others do.

import { Stream } from "./stream.js";

const columns = document.getElementById("columns");
const said = document.getElementById("said");
const keysOn = document.getElementById("keys-on");
const KEPT = "laurels-desk-keys";
const EVERY = 5_000;
const PATIENCE = 15_000; // milliseconds until an answer counts as lost
let here = "";
let next = "";

try {
  keysOn.checked = localStorage.getItem(KEPT) !== "off";
} catch {
  // Without storage the keys are on.
}
keysOn.addEventListener("change", () => {
  try {
    localStorage.setItem(KEPT, keysOn.checked ? "on" : "off");
  } catch {
    // It lasts for this page only.
  }
});

function say(words) {
  said.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
  said.hidden = !words;
}

const isTyping = () => columns.querySelector("details[open] :is(select, textarea, button)") !== null;
const cards = () => [...columns.querySelectorAll("li[id^=card-]")];

function mark(card) {
  for (const other of cards()) other.classList.toggle("here", other === card);
  here = card?.id ?? "";
}

const columnOf = (card) => card && [...columns.querySelectorAll("section")].indexOf(card.closest("section"));

async function refresh() {
  // What somebody is writing is not taken from under their hands.
  if (isTyping()) return;
  try {
    const answer = await fetch(`${location.pathname}?columns=1`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok || answer.redirected) throw new TypeError(answer.status);
    const html = await answer.text();
    if (isTyping()) return;
    const hadFocus = columns.contains(document.activeElement);
    const column = columnOf(document.getElementById(here));
    columns.innerHTML = html;
    let card = here && document.getElementById(here);
    // A question that went to another column leaves its place to the next of its own.
    if (next && columnOf(card) !== column) card = document.getElementById(next) ?? card;
    next = "";
    mark(card);
    if (card && hadFocus) card.focus({ preventScroll: true });
    if (said.textContent.trim() === columns.dataset.stale) say("");
  } catch {
    // Not in the place of what was not saved.
    if (said.hidden) say(columns.dataset.stale);
  }
}

columns.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const card = form.closest("li[id^=card-]");
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { sentence } = await answer.json();
    say(sentence);
    // Where a text was refused it stays open, to be sent again.
    if (answer.ok) {
      for (const open of form.querySelectorAll("details[open]")) open.open = false;
      next = (card?.nextElementSibling ?? card?.previousElementSibling)?.id ?? "";
    }
    await refresh();
  } catch {
    say(columns.dataset.lost);
  }
});

columns.addEventListener("focusin", (event) => mark(event.target.closest("li[id^=card-]")));

addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const open of columns.querySelectorAll("details[open]")) open.open = false;
  if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, select, textarea")) return;
  const key = event.key.toLowerCase();
  const all = cards();
  const place = all.findIndex((card) => card.id === here);
  if (key === "j" || key === "k") {
    const next = all[Math.max(0, Math.min(all.length - 1, place + (key === "j" ? 1 : -1)))];
    next?.focus();
    mark(next);
    return;
  }
  const target = document.getElementById(here)?.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "BUTTON") target.click();
  else {
    target.open = true;
    target.querySelector("select, textarea").focus();
  }
});

new Stream(columns.dataset.stream, Number(columns.dataset.after), {
  told: refresh,
  votes: () => {},
  state: () => {},
  reload: refresh,
});
setInterval(refresh, EVERY);

// The live room. The server printed everything; here it goes on by itself, and forms stay in place.

import { solve } from "./proof.js";
import { Stream } from "./stream.js";

const room = document.getElementById("room");
const list = document.getElementById("list");
const none = document.getElementById("none");
const ask = document.getElementById("ask");
const said = document.getElementById("ask-said");
const connection = document.getElementById("connection");
const PATIENCE = 20_000; // milliseconds until an answer counts as lost
const KEPT = "laurels-guest";
const WANTED = `laurels-wanted-${room.dataset.stream}`;
let order = room.dataset.order;

const store = {
  get: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Without storage it lasts for this page only.
    }
  },
};

// Who one is: what the address of a personal link says, what this browser kept, or something new.
const address = new URL(location);
const me = address.searchParams.get("me") ?? store.get(KEPT) ?? room.elements.me.value;
store.set(KEPT, me);
for (const field of document.querySelectorAll("input[name=me]")) field.value = me;
const wanted = new Set(JSON.parse(store.get(WANTED) ?? "[]"));

const city = (pk) => document.getElementById("cities").content.querySelector(`[data-city="${pk}"]`);

function ownName(language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language);
  } catch {
    return language;
  }
}

function filled(answer, question) {
  const copy = document.getElementById("answer").content.firstElementChild.cloneNode(true);
  const address = city(answer.city)?.dataset.address;
  if (address) for (const link of copy.querySelectorAll("a")) link.href = `${address}#question-${question}`;
  copy.querySelector(".city").textContent = answer.name;
  copy.querySelector(".more").hidden = answer.is_whole;
  copy.querySelector(".words").textContent = answer.text;
  copy.querySelector(".tongue").textContent = ownName(answer.language);
  for (const part of copy.querySelectorAll("[lang]")) part.lang = answer.language;
  return copy;
}

function fill(item, question) {
  item.id = `question-${question.id}`;
  item.dataset.votes = question.votes;
  item.querySelector(".text").textContent = question.text;
  item.querySelector(".to").textContent = city(question.city)?.textContent ?? "";
  item.querySelector(".name").textContent = question.name;
  item.querySelector(".votes").textContent = question.votes;
  const original = item.querySelector(".original");
  if (original) {
    original.hidden = !question.original;
    original.querySelector(".text").textContent = question.original;
  }
  item.querySelector(".said").replaceChildren(...question.answers.map((answer) => filled(answer, question.id)));
  press(item, wanted.has(question.id));
}

function press(item, isPressed) {
  const button = item.querySelector(".up");
  const id = item.id.replace("question-", "");
  button.setAttribute("aria-pressed", isPressed);
  button.value = isPressed ? `-${id}` : id;
}

function sort() {
  if (order !== "wanted") return;
  // Not while somebody is about to press a button that would jump away.
  if (list.matches(":hover") || list.contains(document.activeElement)) return;
  const items = [...list.children];
  const sorted = items.toSorted((a, b) => b.dataset.votes - a.dataset.votes);
  if (sorted.some((item, place) => item !== items[place])) list.append(...sorted);
}

function show(question) {
  const there = document.getElementById(`question-${question.id}`);
  const isListed = (question.state === "answered") === (order === "answered");
  if (!isListed) there?.remove();
  else if (there) fill(there, question);
  else {
    const item = document.getElementById("question").content.firstElementChild.cloneNode(true);
    fill(item, question);
    item.classList.add("fresh");
    if (order === "newest") list.prepend(item);
    else list.append(item);
  }
}

function told(kind, body) {
  if (kind === "question") show(body);
  else if (kind === "gone") document.getElementById(`question-${body.id}`)?.remove();
  none.hidden = list.childElementCount > 0;
  sort();
}

function count(votes) {
  for (const [id, number] of Object.entries(votes)) {
    const item = document.getElementById(`question-${id}`);
    if (!item) continue;
    item.dataset.votes = number;
    item.querySelector(".votes").textContent = number;
  }
  sort();
}

function state(now) {
  const words = { lost: room.dataset.lost, asking: room.dataset.asking, live: "" }[now];
  connection.textContent = words;
  connection.hidden = !words;
}

const post = (form, more = {}) => {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const headers = { Accept: "application/json" };
  return fetch(form.action, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
};

class Refused extends Error {}

room.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const item = button.closest(".q");
  const id = Number(item.id.replace("question-", ""));
  const isWanted = !wanted.has(id);
  try {
    const answer = await post(room, { question: isWanted ? id : -id });
    const news = await answer.json();
    if (!answer.ok) throw new Refused(news.sentence);
    if (isWanted) wanted.add(id);
    else wanted.delete(id);
    store.set(WANTED, JSON.stringify([...wanted]));
    press(item, isWanted);
    count({ [id]: news.votes });
  } catch (error) {
    connection.textContent = error instanceof Refused ? error.message : room.dataset.lost;
    connection.hidden = false;
  }
});

async function send(text, proof = {}) {
  // The text as it was sent: what is typed meanwhile is the next question, and stays.
  const answer = await post(ask, { text, ...proof });
  const news = await answer.json();
  if (news.proof && !proof.proof) {
    say(room.dataset.working);
    return send(text, { proof: await solve(news.proof) });
  }
  say(news.sentence, !answer.ok);
  if (answer.ok && ask.elements.text.value === text) ask.elements.text.value = "";
}

function say(words, isProblem = false) {
  said.textContent = words;
  said.className = isProblem ? "error" : "small muted";
  ask.elements.text.toggleAttribute("aria-invalid", isProblem);
}

ask?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = ask.querySelector("button");
  button.disabled = true;
  try {
    await send(ask.elements.text.value);
  } catch {
    say(room.dataset.unsent, true);
  } finally {
    button.disabled = false;
  }
});

for (const item of list.children) press(item, wanted.has(Number(item.id.replace("question-", ""))) || item.querySelector(".up").getAttribute("aria-pressed") === "true");
new Stream(room.dataset.stream, Number(room.dataset.after), {
  told,
  votes: count,
  state,
  isGuest: true,
  reload: () => location.reload(),
});

// The question before the speaker changes by itself.

import { Stream } from "./stream.js";

// As in the template: what is short stands in bigger type.
const SHORT = 120;
const screen = document.getElementById("screen");
const part = (id) => document.getElementById(id);

function told(kind, { question } = {}) {
  if (kind !== "screen") return;
  part("asked").textContent = question?.text ?? "";
  part("asked").classList.toggle("short", (question?.text ?? "").length < SHORT);
  part("by").textContent = question?.name ?? "";
  part("to").textContent = (question && part("cities").content.querySelector(`[data-city="${question.city}"]`)?.textContent) || "";
  part("none").hidden = Boolean(question);
}

new Stream(screen.dataset.stream, Number(screen.dataset.after), {
  told,
  votes: () => {},
  state: () => {},
  reload: () => location.reload(),
});

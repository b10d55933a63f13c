// A city's private page: what is typed is kept in the browser until it is published.

const page = document.getElementById("city");
const status = (form) => document.getElementById(form.querySelector("textarea").getAttribute("aria-describedby"));
const keyOf = (form) => `laurels-city-${page.dataset.contact}-${form.elements.place.value}`;

function read(form) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
}

function keep(form, draft) {
  try {
    if (draft) localStorage.setItem(keyOf(form), JSON.stringify(draft));
    else localStorage.removeItem(keyOf(form));
    return true;
  } catch {
    // Without storage it lasts for this page only, and nothing else is said.
    return false;
  }
}

function say(form, words, isProblem = false) {
  status(form).textContent = words;
  status(form).className = isProblem ? "error" : "small muted";
  form.querySelector("textarea").toggleAttribute("aria-invalid", isProblem);
}

function show(form, isDraft) {
  const discard = form.querySelector("[type=reset]");
  if (discard) discard.hidden = !isDraft;
  if (isDraft && form.closest("details")) form.closest("details").open = true;
}

function write(form) {
  const text = form.querySelector("textarea");
  const isDraft = text.value !== text.defaultValue;
  const isKept = keep(form, isDraft ? { text: text.value, language: form.elements.language?.value } : null);
  say(form, isDraft && isKept ? page.dataset.keeping : "");
  show(form, isDraft);
}

function restore(form) {
  const [draft, text] = [read(form), form.querySelector("textarea")];
  if (!draft || draft.text === text.value) return;
  text.value = draft.text;
  if (form.elements.language && draft.language) form.elements.language.value = draft.language;
  say(form, page.dataset.kept);
  show(form, true);
}

async function send(form) {
  const answer = await fetch(location.href, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  const news = await answer.json();
  if (!answer.ok) return say(form, news.sentence, true);
  keep(form, null);
  // The place in the address alone would not load the page anew.
  const address = new URL(news.address, location);
  history.replaceState(null, "", address);
  location.reload();
}

for (const form of page.querySelectorAll("form")) {
  restore(form);
  form.addEventListener("input", () => write(form));
  form.addEventListener("reset", () => setTimeout(() => write(form)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    button.disabled = true;
    try {
      await send(form);
    } catch {
      say(form, page.dataset.unsent, true);
    } finally {
      button.disabled = false;
    }
  });
}

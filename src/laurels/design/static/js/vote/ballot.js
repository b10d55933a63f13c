// The ballot page: choose, review, mailbox, code, sending, received. One page, one address.
import { listenForMailbox, showCode } from "./confirming.js";
import { keepReceipt, readReceipt, removeDraft } from "./drafts.js";
import { showInstant } from "./instants.js";
import { readStatus } from "./requests.js";
import { Sending } from "./sending.js";
import { Vote } from "./vote.js";

const vote = new Vote(document.querySelector("[data-ballot]"));
const { paper, steps } = vote;
const sending = new Sending(vote, receive);

const SECONDS_BEFORE_LOOKS = [1, 1, 2, 4, 8, 16];

function review() {
  if (!paper.isComplete) {
    steps.refuse(vote.find("[data-bar]").dataset.tooFew, paper.firstBox);
    return;
  }
  paper.list(vote.find("[data-review-list]"), paper.picks);
  steps.show("review");
}

function receive(receipt) {
  paper.list(vote.find("[data-sent-list]"), vote.draft.picks);
  keepReceipt(vote.manifestHash, receipt);
  vote.draft = { picks: [] };
  if (vote.state === "open") paper.picks = [];
  showReceipt("received", receipt);
  steps.show("received");
  followIntoLog(receipt);
}

function showReceipt(step, receipt) {
  const section = steps.section(step);
  section.querySelector("[data-number]").textContent = receipt.number;
  showInstant(section.querySelector("[data-at]"), receipt.at);
  section.querySelector("[data-receipt-link]").search = `?n=${receipt.number}`;
  const unchecked = section.querySelector("[data-signature-unchecked]");
  if (unchecked) unchecked.hidden = receipt.signature === "verified";
}

/** Add the ballot's place in the log once the sequencer has given it one. */
async function followIntoLog({ leafHash }) {
  const line = vote.find("[data-logged]");
  for (const seconds of SECONDS_BEFORE_LOOKS) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const { index } = await readStatus(vote.box, vote.slug, leafHash).catch(() => ({}));
    if (Number.isInteger(index)) {
      line.querySelector("[data-index]").textContent = index;
      line.hidden = false;
      steps.announce(line.textContent);
      return;
    }
  }
}

function change() {
  vote.keep({ picks: [], isChange: true });
  paper.picks = [];
  showPaper();
}

function showPaper(options) {
  const { isChange = false } = vote.draft;
  for (const line of vote.root.querySelectorAll("[data-if-change]")) line.hidden = !isChange;
  for (const line of vote.root.querySelectorAll("[data-if-first]")) line.hidden = isChange;
  steps.show("choose", options);
}

/** Take up where this browser left off: nothing sealed or confirmed is asked for twice. */
function resume() {
  const options = { history: "replace", focus: false };
  const { draft, state } = vote;
  const receipt = readReceipt(vote.manifestHash);
  if (state === "open") paper.unlock(draft.picks);
  // A ballot whose answer was lost is sent again even after the close: the box then knows it.
  if (draft.sig || (draft.mayCast && state === "open")) return sending.start(options);
  if (state !== "open") return removeDraft(vote.manifestHash);
  if (draft.voter) return steps.show("replace", options);
  if (draft.request) return showCode(vote, options);
  if (receipt && !draft.isChange) {
    showReceipt("voted", receipt);
    return steps.show("voted", options);
  }
  return showPaper(options);
}

/** Back must not leave a ballot half cast, nor return to a choice that is already sealed. */
function goBack({ state: entry }) {
  const isSettled = ["sending", "received", "replace"].includes(steps.current);
  if (isSettled) history.pushState({ step: steps.current }, "");
  else if (entry?.step) steps.show(entry.step, { history: "none" });
}

function listen() {
  vote.find("[data-review]")?.addEventListener("click", review);
  for (const button of vote.root.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => {
      if (button.dataset.go === "choose") showPaper();
      else steps.show(button.dataset.go);
    });
  }
  for (const button of vote.root.querySelectorAll("[data-change]")) {
    button.addEventListener("click", change);
  }
  listenForMailbox(vote, () => sending.start());
  addEventListener("popstate", goBack);
}

if (!isSecureContext || !crypto.subtle) {
  vote.stop("insecure");
} else {
  listen();
  resume();
  // Early, so that a page and a box that disagree are stopped before anything is typed.
  if (vote.state === "open") vote.loadManifest().catch(() => {});
}

// The receipt page: checks each ballot shown against the newest state of the log, in the browser.
import { readReceipt } from "./drafts.js";
import { fetchManifest, ManifestDiffers } from "./manifest.js";
import { checkProof } from "./proofs.js";

const root = document.querySelector("[data-receipts]");
const { manifestHash, box, slug } = root.dataset;
const ENTERING = [1, 2, 4]; // seconds between tries while a ballot is on its way into the log

function offerOwn() {
  const receipt = readReceipt(manifestHash);
  if (!receipt || root.querySelector("[data-answer]")) return;
  const link = root.querySelector("[data-own-link]");
  link.textContent = receipt.number;
  link.search = `?n=${receipt.number}`;
  root.querySelector("[data-own]").hidden = false;
}

/** The receipt file, or null where the box has none to give just now. */
async function fetchProof(leafHash) {
  const address = `${box}/elections/${slug}/receipts/${leafHash}`;
  try {
    const response = await fetch(address, { credentials: "omit", cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/** The receipt file of a ballot that enters the log about now; null where it does not. */
async function awaitProof(leafHash) {
  for (const seconds of ENTERING) {
    const proof = await fetchProof(leafHash);
    if (proof !== null) return proof;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  return fetchProof(leafHash);
}

async function judge(leafHash, isEntering) {
  const proof = await (isEntering ? awaitProof : fetchProof)(leafHash);
  if (proof === null) return { outcome: "skipped" };
  try {
    const manifest = await fetchManifest(box, slug, manifestHash);
    const { index, size, signature } = await checkProof(proof, leafHash, manifest);
    return { outcome: signature, index, size };
  } catch (error) {
    const isAway = error instanceof TypeError && !(error instanceof ManifestDiffers);
    return { outcome: isAway ? "skipped" : "differs" };
  }
}

/** The server's page may be older than the log by the second in which a ballot enters it. */
function sayLogged(answer) {
  for (const line of answer.querySelectorAll("[data-until-logged]")) line.hidden = true;
  for (const line of answer.querySelectorAll("[data-once-logged]")) line.hidden = false;
}

async function check(answer) {
  const show = (outcome) => {
    for (const line of answer.querySelectorAll("[data-check]")) {
      line.hidden = line.dataset.check !== outcome;
    }
  };
  show("checking");
  const { outcome, index, size } = await judge(
    answer.dataset.leafHash,
    answer.querySelector("[data-until-logged]") !== null,
  );
  answer.querySelector("[data-index]").textContent = index;
  answer.querySelector("[data-size]").textContent = size;
  if (index !== undefined) sayLogged(answer);
  show(outcome);
}

offerOwn();
if (isSecureContext && crypto.subtle) root.querySelectorAll("[data-answer]").forEach(check);

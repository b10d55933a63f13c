// What waits in this browser, by manifest hash: the draft until the receipt, then the receipt.
// A draft holds the picks, and after the code the sealed bytes and the ticket, so that a lost
// answer costs nothing. Nothing here is ever sent but by requests.js.

const key = (kind, manifestHash) => `laurels/${kind}/${manifestHash}`;

// Where storage is refused (a private window) the vote still works, for as long as the page lives.
const memory = new Map();

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Kept in memory above.
  }
}

function remove(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was stored.
  }
}

export const readDraft = (manifestHash) => read(key("draft", manifestHash)) ?? { picks: [] };
export const writeDraft = (manifestHash, draft) => write(key("draft", manifestHash), draft);
export const removeDraft = (manifestHash) => remove(key("draft", manifestHash));
export const readReceipt = (manifestHash) => read(key("receipt", manifestHash));

/** The receipt replaces the draft: from here on this browser holds no picks. */
export function keepReceipt(manifestHash, receipt) {
  write(key("receipt", manifestHash), receipt);
  removeDraft(manifestHash);
}

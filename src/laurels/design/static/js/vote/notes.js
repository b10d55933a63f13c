// Signed notes (C2SP signed-note v1.0.0): promises and checkpoints of the log.
import { fromBase64, isSame, sha256, utf8 } from "./bytes.js";

const ED25519 = 0x01;

/** Split a note into its text (with the last newline) and its signatures. */
export function parseNote(note) {
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new RangeError("not a signed note");
  const lines = note.slice(split + 2).split("\n");
  if (lines.pop() !== "") throw new RangeError("not a signed note");
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    if (!name) throw new RangeError("not a signature line");
    const bytes = fromBase64(encoded);
    return { name, id: bytes.slice(0, 4), bytes: bytes.slice(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
}

async function parseVerifierKey(verifierKey) {
  const [name, , ...encoded] = verifierKey.split("+");
  const typed = fromBase64(encoded.join("+"));
  const id = (await sha256(utf8(`${name}\n`), typed)).slice(0, 4);
  if (typed[0] !== ED25519) throw new RangeError("not an Ed25519 key");
  return { name, id, point: typed.slice(1) };
}

/**
 * True or false for a note signed, or not, by a key; null where this browser has no Ed25519.
 * Every line of the key must hold (signed-note: "SHOULD reject the whole note").
 */
export async function isSignedBy(note, verifierKey) {
  const { text, signatures } = parseNote(note);
  const { name, id, point } = await parseVerifierKey(verifierKey);
  const own = signatures.filter((line) => line.name === name && isSame(line.id, id));
  if (!own.length) return false;
  let key;
  try {
    key = await crypto.subtle.importKey("raw", point, "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") return null;
    throw error;
  }
  const checks = own.map((line) => crypto.subtle.verify("Ed25519", key, line.bytes, utf8(text)));
  return (await Promise.all(checks)).every(Boolean);
}

/** Origin, size and root of a checkpoint (C2SP tlog-checkpoint v1.0.0). */
export function parseCheckpoint(note) {
  const [origin, size, root, ...rest] = parseNote(note).text.split("\n");
  if (!/^(0|[1-9][0-9]{0,14})$/.test(size) || rest.join() !== "") {
    throw new RangeError("not a checkpoint");
  }
  return { origin, size: Number(size), root: fromBase64(root) };
}

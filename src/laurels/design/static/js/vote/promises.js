// What the box promises: that this very ballot enters the log. See SPEC.md, section 2.
import { base64, fromBase64, hex, leafHash, utf8 } from "./bytes.js";
import { isSignedBy, parseNote } from "./notes.js";

export class PromiseError extends Error {}

function checkLeaf(leaf, ballot) {
  let fields;
  try {
    fields = JSON.parse(leaf);
  } catch {
    throw new PromiseError("the leaf is not JSON");
  }
  for (const name of ["tag", "serial", "c"]) {
    // A box that logged another ballot under this voter's ticket must not pass for kept.
    if (fields.t !== "ballot" || fields[name] !== ballot[name]) {
      throw new PromiseError(`the leaf does not hold the ballot's ${name}`);
    }
  }
  return fields;
}

/**
 * Check the box's answer against the ballot that was sent ({tag, serial, c}).
 *
 * Returns {leafHash, at, deadline, signature}: hex, time, Unix seconds, and "verified" or
 * "not-checked" where the browser has no Ed25519. Raises PromiseError for anything else.
 */
export async function checkPromise({ leaf, promise }, ballot, manifest) {
  const fields = checkLeaf(leaf, ballot);
  const hash = await leafHash(utf8(leaf));
  let lines, signed;
  try {
    lines = parseNote(promise).text.split("\n");
    signed = await isSignedBy(promise, manifest.log);
  } catch (error) {
    throw new PromiseError(`the promise cannot be read: ${error.message}`);
  }
  const [title, origin, logged, deadline, ...rest] = lines;
  const isWhole = rest.length === 1 && rest[0] === "" && /^[0-9]{1,15}$/.test(deadline);
  if (title !== "laurels/promise/v1" || !isWhole) throw new PromiseError("not a promise");
  if (origin !== manifest.origin) throw new PromiseError("the promise is of another log");
  if (logged !== base64(hash)) throw new PromiseError("the promise is for another ballot");
  if (signed === false) throw new PromiseError("the promise is not signed by the log");
  return {
    leafHash: hex(hash),
    at: fields.at,
    deadline: Number(deadline),
    signature: signed ? "verified" : "not-checked",
  };
}

/** True if the registrar signed the ticket of this sealed ballot (ECDSA P-256, SPEC.md, 5). */
export async function isTicketSigned({ tag, serial, grade, evc, sig }, ciphertextHash, manifest) {
  const lines = [manifest.election, tag, serial, grade, evc, ciphertextHash];
  const text = utf8(`laurels/ticket/v1\n${lines.join("\n")}\n`);
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const point = fromBase64(manifest.registrar);
  const key = await crypto.subtle.importKey("raw", point, curve, false, ["verify"]);
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  return crypto.subtle.verify(algorithm, key, fromBase64(sig), text);
}

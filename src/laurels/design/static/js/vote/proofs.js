// Receipts: c2sp.org/tlog-proof@v1 files, checked in the browser.
import { fromBase64, hex, isSame, leafHash, sha256 } from "./bytes.js";
import { isSignedBy, parseCheckpoint } from "./notes.js";

export class ProofError extends Error {}

/** Split a receipt file into leaf, index, path and checkpoint. */
export function parseProof(text) {
  const split = text.indexOf("\n\n");
  const [title, extra, index, ...path] = text.slice(0, split).split("\n");
  const [, leaf] = /^extra (\S+)$/.exec(extra ?? "") ?? [];
  const [, position] = /^index (0|[1-9][0-9]{0,14})$/.exec(index ?? "") ?? [];
  if (split < 0 || title !== "c2sp.org/tlog-proof@v1" || !leaf || !position) {
    throw new ProofError("not a receipt file");
  }
  return {
    leaf: fromBase64(leaf),
    index: Number(position),
    path: path.map(fromBase64),
    checkpoint: text.slice(split + 2),
  };
}

/** The root that a path leads to, RFC 9162, 2.1.3.2. */
export async function rootFromPath(hash, index, size, path) {
  if (index >= size) throw new ProofError("the index is beyond the tree");
  let [node, fn, sn] = [hash, index, size - 1];
  for (const sibling of path) {
    if (sn === 0) throw new ProofError("the path is too long");
    if (fn % 2 === 1 || fn === sn) {
      node = await sha256(Uint8Array.of(1), sibling, node);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      node = await sha256(Uint8Array.of(1), node, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  if (sn !== 0) throw new ProofError("the path is too short");
  return node;
}

/**
 * Check that a receipt file shows a leaf in the tree of its checkpoint.
 *
 * Returns {index, size, leaf, signature}; "not-checked" where the browser has no Ed25519.
 */
export async function checkProof(text, expectedHash, manifest) {
  const proof = parseProof(text);
  const checkpoint = parseCheckpoint(proof.checkpoint);
  const hash = await leafHash(proof.leaf);
  if (hex(hash) !== expectedHash) throw new ProofError("the receipt is of another ballot");
  if (checkpoint.origin !== manifest.origin) throw new ProofError("the receipt is of another log");
  const root = await rootFromPath(hash, proof.index, checkpoint.size, proof.path);
  if (!isSame(root, checkpoint.root)) throw new ProofError("the ballot is not in this log");
  const signed = await isSignedBy(proof.checkpoint, manifest.log);
  if (signed === false) throw new ProofError("the log did not sign this checkpoint");
  return {
    index: proof.index,
    size: checkpoint.size,
    leaf: JSON.parse(new TextDecoder().decode(proof.leaf)),
    signature: signed ? "verified" : "not-checked",
  };
}

// Bytes, hex, base64 and hashes, as the vote's modules need them.

export const utf8 = (text) => new TextEncoder().encode(text);

export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function isSame(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const fromHex = (text) =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => parseInt(pair, 16));

export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** The bytes of padded base64 with zero trailing bits; anything else is a RangeError. */
export function fromBase64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new RangeError("not base64");
  }
  // atob forgives missing padding, spaces and stray bits; the specification does not.
  if (base64(bytes) !== text) throw new RangeError("not canonical base64");
  return bytes;
}

export const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

/** The Merkle tree hash of one leaf, RFC 6962, 2.1. */
export const leafHash = (leaf) => sha256(Uint8Array.of(0), leaf);

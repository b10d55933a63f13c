// The short number that people read out: the first 40 bits of the leaf hash in Crockford's base 32.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `XXXX-XXXX` for a leaf hash in hex. */
export function receiptNumber(leafHash) {
  const bits = BigInt(`0x${leafHash.slice(0, 10)}`);
  const letters = Array.from({ length: 8 }, (_, i) => ALPHABET[(bits >> BigInt(35 - 5 * i)) & 31n]);
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}

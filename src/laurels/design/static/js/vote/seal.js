// Seals a ballot: HPKE (RFC 9180) base mode, single shot, with DHKEM(P-256, HKDF-SHA256),
// HKDF-SHA256 and AES-128-GCM, on WebCrypto alone. See SPEC.md, section 6.
import { concat, utf8 } from "./bytes.js";

const ECDH = { name: "ECDH", namedCurve: "P-256" };
const EMPTY = new Uint8Array();
const VERSION = utf8("HPKE-v1");
const KEM_SUITE = concat(utf8("KEM"), twoBytes(0x0010));
const HPKE_SUITE = concat(utf8("HPKE"), twoBytes(0x0010), twoBytes(0x0001), twoBytes(0x0001));
const BASE_MODE = 0;

function twoBytes(number) {
  return Uint8Array.of(number >> 8, number & 0xff);
}

async function hmac(key, message) {
  // WebCrypto refuses an empty key; HMAC pads it with zeros anyway (RFC 5869, 2.2).
  const raw = key.length ? key : new Uint8Array(32);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** LabeledExtract of RFC 9180, section 4. */
function extract(suite, salt, label, material) {
  return hmac(salt, concat(VERSION, suite, utf8(label), material));
}

/** LabeledExpand of RFC 9180, section 4, for lengths of one HMAC block at most. */
async function expand(suite, secret, label, info, length) {
  const message = concat(twoBytes(length), VERSION, suite, utf8(label), info, Uint8Array.of(1));
  return (await hmac(secret, message)).slice(0, length);
}

/** Encap of RFC 9180, section 4.1. */
async function encapsulate(recipient, ephemeral) {
  const pair = ephemeral ?? (await crypto.subtle.generateKey(ECDH, false, ["deriveBits"]));
  const peer = await crypto.subtle.importKey("raw", recipient, ECDH, true, []);
  const shared = await crypto.subtle.deriveBits(
    { name: "ECDH", public: peer },
    pair.privateKey,
    256,
  );
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const secret = await extract(KEM_SUITE, EMPTY, "eae_prk", new Uint8Array(shared));
  const context = concat(enc, recipient);
  return { enc, shared: await expand(KEM_SUITE, secret, "shared_secret", context, 32) };
}

/** KeySchedule of RFC 9180, section 5.1, in base mode. */
async function keySchedule(shared, info) {
  const pskIdHash = await extract(HPKE_SUITE, EMPTY, "psk_id_hash", EMPTY);
  const infoHash = await extract(HPKE_SUITE, EMPTY, "info_hash", info);
  const context = concat(Uint8Array.of(BASE_MODE), pskIdHash, infoHash);
  const secret = await extract(HPKE_SUITE, shared, "secret", EMPTY);
  return {
    key: await expand(HPKE_SUITE, secret, "key", context, 16),
    nonce: await expand(HPKE_SUITE, secret, "base_nonce", context, 12),
  };
}

/**
 * Seal plaintext to a recipient's 65-byte point; returns enc (65 bytes) || ciphertext || tag.
 *
 * `ephemeral` (a CryptoKeyPair) and `aad` exist for the RFC's known answers; a ballot uses neither.
 */
export async function seal(recipient, info, plaintext, { ephemeral, aad = EMPTY } = {}) {
  const { enc, shared } = await encapsulate(recipient, ephemeral);
  const { key, nonce } = await keySchedule(shared, info);
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  const ciphertext = await crypto.subtle.encrypt(algorithm, imported, plaintext);
  return concat(enc, new Uint8Array(ciphertext));
}

/** The plaintext of a ballot: `[`, numbers joined by `,`, `]`, then spaces up to the size. */
export function encodePicks(numbers, size) {
  const text = `[${numbers.join(",")}]`;
  if (text.length > size) throw new RangeError("the picks do not fit the plaintext");
  return utf8(text.padEnd(size, " "));
}

/** What a sealed ballot is bound to: under another tag or serial it does not open. */
export function ballotInfo(election, manifestHash, tag, serial) {
  return utf8(`laurels/ballot/v1\n${election}\n${manifestHash}\n${tag}\n${serial}`);
}

// The election's manifest: entry 0 of the log, fetched from the box and held against the page.
import { fromHex, hex, isSame, sha256 } from "./bytes.js";

/** The box's manifest is not the one that this page was made for, or does not fit the page. */
export class ManifestDiffers extends Error {}

/**
 * Fetch the manifest and accept it only if its SHA-256 is the page's manifest hash.
 *
 * Key, sizes and candidates come from here and from nowhere else: the hash is what is printed
 * in the rules, so a page or a box with another key is stopped. Raises TypeError while offline.
 */
export async function fetchManifest(box, slug, expectedHash) {
  const address = `${box}/elections/${slug}/manifest`;
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) throw new TypeError(`the box answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const hash = await sha256(bytes);
  if (!isSame(hash, fromHex(expectedHash))) {
    throw new ManifestDiffers(`the box's manifest is ${hex(hash)}`);
  }
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Raise ManifestDiffers unless the paper shows exactly the manifest's candidates and rule. */
export function holdAgainstPaper(manifest, paper) {
  const listed = (candidates) =>
    candidates.map(({ n, id, name }) => `${n} ${id} ${name}`).sort().join("\n");
  if (listed(manifest.candidates) !== listed(paper.candidates)) {
    throw new ManifestDiffers("the page lists other candidates");
  }
  if (manifest.picks.min !== paper.min || manifest.picks.max !== paper.max) {
    throw new ManifestDiffers("the page states another rule");
  }
}

// The server prints every instant for the host and in UTC. Here UTC becomes the visitor's zone,
// with the day in words where it is another one than the host's.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const show = (at, timeZone, form, language) => new Intl.DateTimeFormat(language, { ...form, timeZone }).format(at);
const HOUR = 3_600_000;
const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const bare = (at, timeZone, language) => show(at, timeZone, HOURS, language);
// In an hour that clocks show twice, the offset tells which of the two it is.
const isTwice = (at, timeZone) =>
  [-HOUR, HOUR, -HOUR / 2, HOUR / 2].some((shift) => bare(new Date(+at + shift), timeZone) === bare(at, timeZone));
const offset = (at, timeZone) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "shortOffset" })
    .formatToParts(at).find((part) => part.type === "timeZoneName").value.replace("GMT", "UTC").replace("-", "\u2212");
const clock = (at, timeZone, language) =>
  bare(at, timeZone, language) + (isTwice(at, timeZone) ? ` (${offset(at, timeZone)})` : "");
const weekday = (at, timeZone, language) => show(at, timeZone, { weekday: "long" }, language);
// en-CA writes a date as 2023-11-06, which sorts.
const day = (at, timeZone) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function time(at, text) {
  const element = document.createElement("time");
  element.dateTime = at.toISOString();
  element.textContent = text;
  return element;
}

function own(element, words) {
  const from = new Date(element.dataset.from);
  const to = element.dataset.to && new Date(element.dataset.to);
  const host = element.dataset.zone;
  if (day(from, host) === day(from, zone) && clock(from, host) === clock(from, zone)) return [words.same];
  const language = words.language === "en" ? "en-GB" : words.language;
  const names = new Map(words.names.split(";").map((pair) => pair.split("=")));
  // A midnight that closes something is printed as 24:00 of the day that it ends.
  const named = "closes" in element.dataset ? new Date(from - 1) : from;
  const [here, there] = [day(named, host), day(from, zone)];
  const shift = there < here ? words.still : there > here ? words.already : words.near;
  const values = {
    place: names.get(zone) ?? zone.split("/").pop().replaceAll("_", " "),
    host: element.dataset.place,
    hostday: weekday(named, host, language),
    ownday: weekday(from, zone, language),
    time: "\u0000",
  };
  const [before, after] = fill(shift, values).split("\u0000");
  const times = [time(from, clock(from, zone, language))];
  if (to) times.push("\u2013", time(to, clock(to, zone, language)));
  return [before, ...times, after];
}

/** Put the visitor's own time beside every instant below `root`; needs nothing from the server. */
export function localise(root, words = document.getElementById("clock-words")?.dataset) {
  if (!words?.near) return;
  for (const element of root.querySelectorAll(".when[data-zone]")) {
    element.querySelector(".other")?.replaceChildren("(", ...own(element, words), ")");
  }
}

localise(document);

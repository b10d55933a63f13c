// The server prints every instant for the host and in UTC. Here UTC becomes the visitor's zone,
// with the day in words where it is another one than the host's.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const [MINUTE, DAY] = [60_000, 86_400_000];
const FIELDS = {
  calendar: "gregory", numberingSystem: "latn", hourCycle: "h23",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
};

// What the clocks of a zone show at an instant, as if that were UTC: to compare, never to print.
const clocks = new Map();
function shown(at, timeZone) {
  if (!clocks.has(timeZone)) clocks.set(timeZone, new Intl.DateTimeFormat("en-GB", { ...FIELDS, timeZone }));
  const parts = clocks.get(timeZone).formatToParts(at);
  const { year, month, day, hour, minute, second } = Object.fromEntries(parts.map(({ type, value }) => [type, +value]));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
const dayOf = (clock) => Math.floor(clock / DAY);
const isMidnight = (clock) => clock % DAY < MINUTE;
const two = (number) => String(number).padStart(2, "0");
const shift = (at, timeZone) => shown(at, timeZone) - Math.floor(at / 1000) * 1000;

function offset(at, timeZone) {
  const minutes = Math.trunc(shift(at, timeZone) / MINUTE);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return minutes ? `UTC${minutes > 0 ? "+" : "\u2212"}${hours}${rest ? `:${two(rest)}` : ""}` : "UTC";
}

// In an hour that clocks show twice, the offset tells which of the two it is.
function isTwice(at, timeZone) {
  const here = shift(at, timeZone);
  return [at - DAY, at + DAY].some((near) => {
    const there = shift(near, timeZone);
    return there !== here && shift(at + here - there, timeZone) === there;
  });
}

/** Say an instant's hour as the server does, with the offset in an hour that comes twice. */
export function hourOf(at, timeZone) {
  const clock = new Date(shown(at, timeZone));
  const text = `${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}`;
  return isTwice(at, timeZone) ? `${text} (${offset(at, timeZone)})` : text;
}

function whole(text, ...children) {
  const element = document.createElement("bdi");
  element.append(text, ...children);
  return element;
}

function time(at, text) {
  const element = document.createElement("time");
  element.dateTime = new Date(at).toISOString();
  element.textContent = text;
  return whole(element);
}

function span(from, to, words) {
  const times = [time(from, hourOf(from, zone))];
  if (to === null) return times;
  const last = shown(to, zone);
  const day = dayOf(isMidnight(last) ? last - 1 : last);
  const hour = isMidnight(last) ? "24:00" : hourOf(to, zone);
  const isSameDay = day === dayOf(shown(from, zone));
  const text = isSameDay ? hour : words.joined.replace("{day}", weekday(day, words)).replace("{hour}", hour);
  const end = document.createElement("span");
  end.className = "to";
  end.append("\u2013", time(to, text));
  return [...times, end];
}

// The first of January 1970, day 0, was a Thursday; the words begin with Monday.
const weekday = (day, words) => words.weekdays.split(";").at((day + 3) % 7);

function placeOf(words) {
  const names = new Map(words.names.split(";").map((pair) => pair.split("=")));
  const last = zone.split("/").pop().replaceAll("_", " ");
  const [, sign, hours] = zone.match(/^Etc\/GMT([+-])(\d+)$/) ?? [];
  return names.get(zone) ?? (sign ? `UTC${sign === "+" ? "\u2212" : "+"}${hours}` : last);
}

function own(element, words) {
  const from = Date.parse(element.dataset.from);
  const to = element.dataset.to ? Date.parse(element.dataset.to) : null;
  const [there, mine] = [shown(from, element.dataset.zone), shown(from, zone)];
  if (there === mine) return [words.same];
  // A midnight that closes something is printed as 24:00 of the day that it ends.
  const hostDay = dayOf("closes" in element.dataset ? there - 1 : there);
  const text = dayOf(mine) < hostDay ? words.still : dayOf(mine) > hostDay ? words.already : words.near;
  const values = {
    time: () => span(from, to, words),
    place: () => [whole(placeOf(words))],
    host: () => [whole(element.dataset.place)],
    hostday: () => [weekday(hostDay, words)],
    ownday: () => [weekday(dayOf(mine), words)],
  };
  return text.split(/\{(\w+)\}/).flatMap((part, place) => (place % 2 ? values[part]() : [part]));
}

/** Put the visitor's own time beside every instant below `root`; needs nothing from the server. */
export function localise(root, words = document.getElementById("clock-words")?.dataset) {
  if (!words?.near) return;
  for (const element of root.querySelectorAll(".when[data-zone]")) {
    try {
      element.querySelector(".other")?.replaceChildren("(", ...own(element, words), ")");
    } catch (problem) {
      // A browser that is older than the name of the host's zone goes on to show UTC.
      if (!(problem instanceof RangeError)) throw problem;
    }
  }
}

localise(document);

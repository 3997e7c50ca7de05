// Reads an .ics file with a reader outside Python and prints its events as JSON, in UTC (`day` for all-day ones).
// node read_ics.mjs NODE_MODULES ical.js|node-ical|ts-ics FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [folder, reader, file] = process.argv.slice(2);
const require = createRequire(resolve(folder, "read_ics.cjs"));
const text = readFileSync(file, "utf8");

function withIcalJs() {
  const library = require("ical.js");
  const ICAL = library.default ?? library;
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      location: event.location,
      day: event.startDate.isDate ? event.startDate.toString() : null,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
    };
  });
}

function withNodeIcal() {
  const calendar = require("node-ical").sync.parseICS(text);
  return Object.values(calendar)
    .filter((part) => part.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      location: event.location,
      // A day is read as midnight of this machine's own zone.
      day: event.datetype === "date" ? localDay(event.start) : null,
      start: event.start.toISOString(),
      end: event.end.toISOString(),
    }));
}

// Its zod schema is the strictest of all: what does not keep to it throws.
function withTsIcs() {
  const calendar = require("@ts-ics/schema-zod").parseIcsCalendar(text);
  return calendar.events.map((event) => ({
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    location: event.location,
    day: event.start.type === "DATE" ? event.start.date.toISOString().slice(0, 10) : null,
    start: event.start.date.toISOString(),
    end: event.end.date.toISOString(),
  }));
}

function localDay(moment) {
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

const readers = { "ical.js": withIcalJs, "node-ical": withNodeIcal, "ts-ics": withTsIcs };
console.log(JSON.stringify(readers[reader]()));

// Opens the page in a real browser and tells what it found, as JSON.
// Arguments: folder of node modules, the browser, the page's path, a time ("now"), a zone.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browser, page, now, zone] = process.argv.slice(2);
const puppeteer = createRequire(join(modules, "x.js"))("puppeteer-core");
const running = await puppeteer.launch({
  executablePath: browser,
  args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
});
const address = pathToFileURL(page).href;
const found = { outside: [], errors: [] };

const tab = await running.newPage();
tab.on("pageerror", (error) => found.errors.push(String(error)));
tab.on("console", (message) => message.type() === "error" && found.errors.push(message.text()));
tab.on("request", (request) => {
  if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
    found.outside.push(request.url());
  }
});
await tab.evaluateOnNewDocument((time) => { Date.now = () => Date.parse(time); }, now);
found.overflow = {};
for (const width of [360, 1280]) {
  await tab.setViewport({ width, height: 800 });
  await tab.goto(address);
  found.overflow[width] = await tab.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
found.now = await tab.evaluate(() => [...document.querySelectorAll("#now p")].map((p) => p.textContent));
found.played = await tab.evaluate(async () => {
  const sounds = [...document.querySelectorAll("audio")];
  await sounds[0].play();
  await new Promise((done) => sounds[0].addEventListener("timeupdate", done, { once: true }));
  const first = sounds[0].duration;
  await sounds[1].play();
  await new Promise((done) => setTimeout(done, 50));
  return { seconds: first, firstStopped: sounds[0].paused, secondPlays: !sounds[1].paused };
});
found.attacked = await tab.evaluate(() => typeof window.attacked);
await tab.select("#zone", zone);
found.shown = await tab.evaluate(
  () => [...document.querySelectorAll("article")].filter((a) => a.offsetParent !== null).length,
);
found.unnamed = await tab.evaluate(async () =>
  [...document.querySelectorAll("a, audio, select, summary")].filter(
    (one) => !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.length),
  ).length,
);
await tab.emulateMediaType("print");
found.printed = await tab.evaluate(
  () => [...document.querySelectorAll("audio, select")].filter((a) => a.offsetParent !== null).length,
);

const plain = await running.newPage();
await plain.setJavaScriptEnabled(false);
await plain.goto(address);
found.plain = await plain.$$eval("h3", (all) => all.map((one) => one.textContent));
await running.close();
console.log(JSON.stringify(found));

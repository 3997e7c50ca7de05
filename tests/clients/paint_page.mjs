// Opens the page some times in a fresh tab, 360 pixels wide, and prints the first paints (ms) as JSON.
// Arguments: folder of node modules, the browser, the page's path, how often, how many times slower.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browser, page, times, slower] = process.argv.slice(2);
const puppeteer = createRequire(join(modules, "x.js"))("puppeteer-core");
const running = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox"] });
const paints = [];
for (let n = 0; n < Number(times); n += 1) {
  const tab = await running.newPage();
  await tab.setViewport({ width: 360, height: 740, isMobile: true, deviceScaleFactor: 2 });
  await tab.emulateCPUThrottling(Number(slower));
  await tab.goto(pathToFileURL(page).href);
  paints.push(await tab.evaluate(() => new Promise((done) => {
    const watch = new PerformanceObserver((list) => done(list.getEntriesByName("first-contentful-paint")[0].startTime));
    watch.observe({ type: "paint", buffered: true });
  })));
  await tab.close();
}
await running.close();
console.log(JSON.stringify(paints));

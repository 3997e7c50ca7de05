// What is on air now and what comes next, one zone at a time; without this the page reads as it is.
(() => {
  "use strict";
  const airings = [...document.querySelectorAll("article")].map((element) => ({
    element,
    start: Date.parse(element.dataset.start),
    end: Date.parse(element.dataset.end),
    zones: element.dataset.zones.split(" "),
    title: element.querySelector("h3").textContent,
  }));
  const now = document.getElementById("now");
  const choice = document.getElementById("zone");
  const box = document.getElementById("zones");

  const zone = () => (choice ? choice.value : "");
  const heard = (one) => !zone() || one.zones.includes(zone());
  const clock = new Intl.DateTimeFormat("vi", {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh",
  });
  const day = new Intl.DateTimeFormat("vi", {
    weekday: "long", day: "numeric", month: "numeric", timeZone: "Asia/Ho_Chi_Minh",
  });

  const line = (told, one) => {
    const text = document.createElement("p");
    const link = document.createElement("a");
    link.href = "#" + one.element.id;
    link.textContent = one.title;
    text.append(told, link);
    return text;
  };

  const when = (one, time) => {
    const same = day.format(one.start) === day.format(time);
    return clock.format(one.start) + (same ? " hôm nay" : ", " + day.format(one.start)) + ": ";
  };

  const look = () => {
    const time = Date.now();
    for (const one of airings) {
      one.element.hidden = !heard(one);
      one.element.classList.toggle("past", one.end <= time);
      one.element.classList.toggle("on", one.start <= time && time < one.end);
    }
    for (const section of document.querySelectorAll(".day")) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    const mine = airings.filter(heard);
    const on = mine.filter((one) => one.start <= time && time < one.end);
    const next = mine.find((one) => one.start > time);
    const told = on.map((one) => line("Đang phát: ", one));
    if (next) told.push(line("Sắp phát " + when(next, time), next));
    if (now.textContent !== told.map((one) => one.textContent).join("")) now.replaceChildren(...told);
    now.hidden = told.length === 0;
  };

  if (choice) {
    box.hidden = false;
    choice.addEventListener("change", look);
  }
  // One programme at a time: starting one stops the others.
  document.addEventListener("play", (event) => {
    for (const sound of document.querySelectorAll("audio")) {
      if (sound !== event.target) sound.pause();
    }
  }, true);
  look();
  setInterval(look, 30000);
})();

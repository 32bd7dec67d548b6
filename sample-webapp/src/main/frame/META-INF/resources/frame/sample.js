// Adds to the pages what only a script can do. Without it the forms work as they are.
"use strict";

/** Sends the chosen file itself, shows the progress, and compares checksums. */
function enhanceUpload(form) {
  const box = document.getElementById("upload-progress");
  const bar = document.getElementById("progress");
  const text = document.getElementById("progress-text");
  const result = document.getElementById("upload-result");
  const button = form.querySelector("button");

  function showProgress(sent, total) {
    const percent = total === 0 ? 100 : Math.floor((100 * sent) / total);
    bar.value = percent;
    text.value = `${percent} %, ${sent.toLocaleString("en")} of ${total.toLocaleString("en")} bytes`;
  }

  function send(file) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.responseType = "json";
      request.upload.onprogress = (event) => showProgress(event.loaded, file.size);
      request.onerror = () => reject(new Error("The connection broke before the answer came."));
      request.onload = () => {
        if (request.status !== 200 || !request.response) {
          reject(new Error(`The answer has status ${request.status}.`));
          return;
        }
        showProgress(file.size, file.size);
        resolve(request.response);
      };
      request.send(file);
    });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.elements.file.files[0];
    box.hidden = false;
    button.disabled = true;
    result.replaceChildren();
    showProgress(0, file.size);
    try {
      const answer = await send(file);
      const own = await checksum(file);
      result.replaceChildren(
        element("h2", file.name),
        list([
          ["Received", `${answer.bytes.toLocaleString("en")} bytes`],
          ["SHA-256", element("samp", answer.sha256)],
          ["Your browser says", own === null ? "too large to check here" : verdict(own === answer.sha256)],
        ]),
      );
    } catch (error) {
      result.replaceChildren(element("p", error.message, "problem"));
    } finally {
      button.disabled = false;
    }
  });
}

function verdict(same) {
  return same ? element("strong", "the same", "good") : element("strong", "something else", "problem");
}

/** The browser's own SHA-256 of a file, or null where it cannot tell. */
async function checksum(file) {
  const LARGEST = 64 * 1024 * 1024;
  if (!window.crypto || !crypto.subtle || file.size > LARGEST) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Listens to server-sent events instead of loading a page that grows. */
function enhanceStream(form) {
  const ticks = document.getElementById("ticks");
  const button = form.querySelector("button");
  let source = null;

  function stop() {
    source.close();
    source = null;
    button.textContent = "Start";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (source !== null) {
      stop();
      return;
    }
    ticks.replaceChildren();
    button.textContent = "Stop";
    source = new EventSource(`${form.dataset.events}?${new URLSearchParams(new FormData(form))}`);
    source.addEventListener("end", stop);
    source.onmessage = (message) => {
      const tick = JSON.parse(message.data);
      const line = element("li");
      line.append(element("span", `${tick.tick} of ${tick.of}`), " ", element("time", tick.time));
      ticks.append(line);
    };
    source.onerror = () => {
      ticks.append(element("li", "The stream broke off.", "problem"));
      stop();
    };
  });
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}

function list(pairs) {
  const made = document.createElement("dl");
  for (const [term, description] of pairs) {
    const detail = document.createElement("dd");
    detail.append(description);
    made.append(element("dt", term), detail);
  }
  return made;
}

const upload = document.getElementById("upload");
if (upload) enhanceUpload(upload);
const stream = document.getElementById("stream");
if (stream) enhanceStream(stream);

// Four phones: draws what /page/scene tells, and hands in what people do. The server decides everything.

const ZONE = "Asia/Jakarta";
const TOAST_MS = 5000;
const WEEK_MS = 6 * 24 * 3600 * 1000; // a weekday alone is clear for so long
const BURST_MS = 50; // what comes in one burst is drawn once
const $ = (id) => document.getElementById(id);

// Small things --------------------------------------------------------------------------------------------

/** An element with properties and children; `data-…`, `aria-…` and `role` become attributes. */
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** Whether a button may be pressed now; `disabled` would take the focus away from who works by keyboard. */
const able = (button, yes) => button.setAttribute("aria-disabled", !yes);
const onPress = (button, deed) => {
  button.onclick = () => button.getAttribute("aria-disabled") !== "true" && deed();
};

const form = (options) => {
  const shape = new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, ...options });
  return (date) => shape.format(date);
};
const clockOf = form({ hour: "2-digit", minute: "2-digit" });
const dayOf = form({ weekday: "long", day: "numeric", month: "short", year: "numeric" });
const shortDayOf = form({ weekday: "short", day: "numeric", month: "short" });
const weekdayOf = form({ weekday: "short" });
const dateOf = form({ day: "numeric", month: "short" });
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function answered(response) {
  const made = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(made.error ?? response.statusText);
  return made;
}

async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** A file's bytes as base64. */
async function base64(blob) {
  const url = await new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
  return url.slice(url.indexOf(",") + 1);
}

/** A picture for people who have none at hand: a hut under a tree. */
function samplePhoto() {
  const canvas = el("canvas", { width: 320, height: 220 });
  const pen = canvas.getContext("2d");
  const box = (colour, ...place) => {
    pen.fillStyle = colour;
    pen.fillRect(...place);
  };
  box("#bcd9e8", 0, 0, 320, 130);
  box("#8fae72", 0, 130, 320, 90);
  box("#9a7650", 90, 90, 120, 80);
  box("#5d4632", 135, 115, 30, 55);
  box("#6b5340", 252, 80, 12, 80);
  pen.fillStyle = "#7a4b34";
  pen.fill(new Path2D("M75 92 L150 45 L225 92 Z"));
  pen.fillStyle = "#4f7a4a";
  pen.fill(new Path2D("M258 20 a38 38 0 1 0 0.1 0 Z"));
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

// Messages ------------------------------------------------------------------------------------------------

const SERVICE = {
  new_chat_members: "masuk ke grup (joined)",
  left_chat_member: "keluar dari grup (left)",
  migrate_to_chat_id: "grup diperbarui (group upgraded)",
  migrate_from_chat_id: "grup diperbarui (group upgraded)",
  group_chat_created: "grup dibuat (group created)",
};

function serviceText(message) {
  const { detail } = message;
  const who = Array.isArray(detail) ? detail[0]?.first_name : detail?.first_name;
  return `${who ?? ""} ${SERVICE[message.media] ?? message.media}`.trim();
}

const coordinates = (place) => `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
const seconds = (n = 0) => `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;

/** What stands above the words of a message that is more than words. */
function mediaOf({ media, detail }) {
  const plain = (text) => el("div", { className: "media" }, text);
  switch (media) {
    case null:
      return "";
    case "photo":
      return el("img", { className: "media", alt: "Foto (photo)", src: `/control/file/${detail.at(-1).file_id}` });
    case "voice":
      return plain(`🎙️ Pesan suara ${seconds(detail.duration)}`);
    case "location":
      return plain(`📍 ${coordinates(detail)}`);
    case "venue":
      return plain(`📍 ${detail.title} (${coordinates(detail.location)})`);
    case "contact":
      return plain(`👤 ${detail.first_name} ${detail.phone_number}`);
    case "document":
      return plain(`📄 ${detail.file_name ?? "berkas"}`);
    default:
      return plain(`📎 ${media}`);
  }
}

/** One message as a list item, under a day's heading when it is the first of that day. */
function bubble(message, phone, before) {
  const date = new Date(message.date * 1000);
  const mine = message.from_id === phone.raw.user.id;
  const item = el("li", { className: `message ${message.sender === "service" ? "service" : mine ? "mine" : "theirs"}` });
  item.dataset.id = message.message_id;
  if (!before || shortDayOf(new Date(before.date * 1000)) !== shortDayOf(date)) {
    item.append(el("div", { className: "day" }, shortDayOf(date)));
  }
  if (message.sender === "service") {
    item.append(el("div", { className: "note" }, serviceText(message)));
    return item;
  }
  const box = el("div", { className: "bubble" });
  if (phone.chat.id < 0 && !mine) box.append(el("div", { className: "author" }, phone.nameOf(message)));
  if (message.reply_to) box.append(el("div", { className: "reply" }, phone.gist(message.reply_to)));
  // The server has escaped what people wrote and made tags of Telegram's formatting only; scripts are barred by CSP.
  const words = el("div", { className: "words", innerHTML: message.html });
  for (const link of words.querySelectorAll("a")) link.onclick = (event) => phone.follow(event, link.href);
  box.append(mediaOf(message), words, metaOf(message, date, phone));
  item.append(box);
  for (const row of message.keyboard) {
    item.append(el("div", { className: "row" }, ...row.map((button) => inlineButton(button, message, phone))));
  }
  return item;
}

function metaOf(message, date, phone) {
  const marks = [message.pinned && "📌", message.silent && "🔕", message.edited && "diedit", ...message.reaction];
  const reply = el("button", { className: "answer", title: "Balas (reply)", "aria-label": "Balas (reply)" }, "↩");
  reply.onclick = () => phone.replyTo(message.message_id);
  const silent = message.silent ? { title: "tanpa bunyi (silent)" } : {};
  return el("div", { className: "meta", ...silent }, reply, [...marks.filter(Boolean), clockOf(date)].join(" "));
}

function inlineButton(button, message, phone) {
  const mark = button.copy_text ? " ⧉" : button.url ? " ↗" : "";
  const node = el("button", { className: `key ${button.style ?? ""}` }, button.text + mark);
  node.onclick = (event) => {
    if (button.copy_text) return phone.copy(button.copy_text.text);
    if (button.url) return phone.follow(event, button.url);
    return phone.does("press", { label: button.text, message_id: message.message_id, data: button.callback_data });
  };
  return node;
}

// Phones --------------------------------------------------------------------------------------------------

class Phone {
  constructor() {
    this.node = $("phone").content.firstElementChild.cloneNode(true);
    this.tab = 0;
    this.reply = null;
    this.drawn = new Map(); // message id -> what its item was drawn from
    this.seen = new Map(); // chat id -> newest message looked at
    this.toasted = null; // toasts that were shown
    this.find = (selector) => this.node.querySelector(selector);
    this.log = this.find(".log");
    this.place = this.find("select");
    this.wire();
  }

  get chat() {
    return this.raw.chats[this.tab];
  }

  wire() {
    const composer = this.find(".composer");
    composer.onsubmit = (event) => {
      event.preventDefault();
      const text = composer.elements.text.value;
      composer.elements.text.value = "";
      if (text.trim()) this.does("say", { text, ...this.replying() });
    };
    for (const button of this.node.querySelectorAll("[data-send]")) button.onclick = () => this.send(button.dataset.send);
    for (const button of this.node.querySelectorAll("[data-open]")) button.onclick = () => this.toggle(button);
    this.find("input[type=file]").onchange = ({ target }) => {
      const [file] = target.files;
      if (file) this.sendPhoto(file);
      target.value = "";
    };
    this.place.onchange = () => this.fillPlace();
    this.fillPlace();
    this.find(".start").onclick = () => this.starts("");
    onPress(this.find(".renew"), () => stage("newcomer"));
    this.find(".quote button").onclick = () => this.replyTo(null);
  }

  // What people do ------------------------------------------------------------------------------------------

  async does(deed, more = {}) {
    try {
      return await post(`/control/do/${deed}`, { user: this.raw.user.id, chat: this.chat.id, ...more });
    } catch (error) {
      this.toast(error.message);
    }
  }

  async starts(payload) {
    await post("/control/do/start", { user: this.raw.user.id, payload }).catch((error) => this.toast(error.message));
    this.find("input[name=text]").focus();
  }

  async send(what) {
    if (what === "sample") return this.sendPhoto(await samplePhoto());
    if (what === "voice") return this.does("media", { kind: "voice", ...this.replying() });
    if (what === "contact") return this.does("contact");
    const [latitude, longitude] = ["latitude", "longitude"].map((name) => Number(this.find(`[name=${name}]`).value));
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return this.toast("Koordinat tidak sah (invalid)");
    this.close();
    return this.does("pin", { latitude, longitude });
  }

  async sendPhoto(blob) {
    this.close();
    return this.does("media", { kind: "photo", data: await base64(blob), mime: blob.type, ...this.replying() });
  }

  /** A key of the reply keyboard: a text, the own number, or where the phone is. */
  key(button) {
    if (button.request_contact) return this.send("contact");
    if (button.request_location) return this.send("pin");
    return this.does("say", { text: button.text });
  }

  /** Links to the bot open on this phone, others in a new tab. */
  follow(event, href) {
    event.preventDefault();
    const link = new URL(href);
    if (link.hostname === "t.me" && link.searchParams.has("start")) return this.starts(link.searchParams.get("start"));
    return window.open(link, "_blank", "noopener,noreferrer");
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => {});
    this.toast(`Disalin (copied): ${text}`);
  }

  replyTo(id) {
    this.reply = id;
    this.find(".quote").hidden = id === null;
    this.find(".quote span").textContent = id === null ? "" : this.gist(id);
    if (id !== null) this.find("input[name=text]").focus();
  }

  replying() {
    const to = this.reply === null ? {} : { reply_to: this.reply };
    this.replyTo(null);
    return to;
  }

  toggle(button) {
    const open = this.find(`.panel.${button.dataset.open}`).hidden;
    this.close();
    this.find(`.panel.${button.dataset.open}`).hidden = !open;
    button.setAttribute("aria-expanded", open);
  }

  close() {
    for (const panel of this.node.querySelectorAll(".panel")) panel.hidden = true;
    for (const button of this.node.querySelectorAll("[data-open]")) button.setAttribute("aria-expanded", false);
  }

  fillPlace() {
    const [latitude, longitude] = this.place.value.split(",");
    this.find("[name=latitude]").value = latitude;
    this.find("[name=longitude]").value = longitude;
  }

  // What the phone shows ------------------------------------------------------------------------------------

  nameOf(message) {
    return message.sender === "bot" ? "Tersapa" : (this.chat.people[message.from_id] ?? "");
  }

  /** The first words of a message, for a quote. */
  gist(id) {
    const message = this.chat.screen.find((one) => one.message_id === id);
    const words = message ? message.text || message.caption || message.media : "pesan yang dihapus (deleted)";
    return words.length > 70 ? `${words.slice(0, 70)}…` : words;
  }

  show(raw, busy) {
    if (this.raw?.user.id !== raw.user.id) this.reset(raw);
    this.raw = raw;
    this.node.setAttribute("aria-label", `Telepon ${raw.title} (${raw.gloss})`);
    this.find("h2").replaceChildren(raw.title, el("small", {}, `${raw.user.first_name} · ${raw.gloss}`));
    this.find(".renew").hidden = !raw.renewable;
    able(this.find(".renew"), !busy);
    const open = this.chat.bot === "member" || this.chat.bot === "administrator";
    this.find(".start").hidden = open;
    this.find(".composer").hidden = !open;
    this.log.setAttribute("aria-label", `${raw.title}: ${this.chat.label}`);
    this.showLog();
    this.showTabs();
    this.showKeys(open);
    this.showToasts();
  }

  /** Somebody else's phone from now on; what is on it already is no news. */
  reset(raw) {
    this.tab = 0;
    this.seen = new Map(raw.chats.map((chat) => [chat.id, chat.screen.at(-1)?.message_id ?? 0]));
    this.toasted = null;
    this.clear();
    this.find(".toasts").replaceChildren();
  }

  clear() {
    this.drawn.clear();
    this.log.replaceChildren();
    this.replyTo(null);
    this.close();
  }

  showTabs() {
    const { chats } = this.raw;
    this.seen.set(this.chat.id, this.chat.screen.at(-1)?.message_id ?? 0);
    if (chats.length === 1) return;
    const tabs = chats.map((chat, n) => {
      const news = chat.screen.filter((one) => one.sender === "bot" && one.message_id > (this.seen.get(chat.id) ?? 0));
      const badge = n !== this.tab && news.length ? [el("span", { className: "badge" }, news.length)] : [];
      const tab = el("button", { role: "tab", "aria-selected": n === this.tab }, chat.label, ...badge);
      tab.onclick = () => {
        this.tab = n;
        this.clear();
        this.show(this.raw, scene.busy);
        this.find(`[role=tab]:nth-child(${n + 1})`).focus();
      };
      return tab;
    });
    const focused = [...this.find(".tabs").children].indexOf(document.activeElement);
    this.find(".tabs").replaceChildren(...tabs);
    tabs[focused]?.focus();
  }

  /** Only what changed is drawn again, so that focus and scrolling stay where people left them. */
  showLog() {
    const { screen } = this.chat;
    const nearEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 150;
    const first = this.log.children.length === 0;
    const held = this.log.contains(document.activeElement);
    const kept = new Set(screen.map((message) => String(message.message_id)));
    for (const item of [...this.log.children]) {
      if (!kept.has(item.dataset.id)) item.remove();
    }
    let news = false;
    screen.forEach((message, n) => {
      const source = JSON.stringify([message, message.reply_to && this.gist(message.reply_to)]);
      const old = this.log.children[n];
      if (old?.dataset.id === String(message.message_id) && this.drawn.get(message.message_id) === source) return;
      const item = bubble(message, this, screen[n - 1]);
      if (old?.dataset.id === item.dataset.id) old.replaceWith(item);
      else this.log.insertBefore(item, old ?? null);
      this.drawn.set(message.message_id, source);
      news ||= !old;
    });
    if (news && nearEnd) this.log.scrollTop = this.log.scrollHeight;
    if (news && !first) this.flash();
    if (held && !this.log.contains(document.activeElement)) this.log.focus({ preventScroll: true });
  }

  flash() {
    this.node.classList.remove("news");
    void this.node.offsetWidth; // begins the animation anew
    this.node.classList.add("news");
  }

  showKeys(open) {
    const rows = (open && this.chat.keyboard?.keyboard) || [];
    const source = JSON.stringify(rows);
    if (source === this.keys) return;
    this.keys = source;
    const drawn = rows.map((row) =>
      el("div", { className: "row" }, ...row.map((raw) => {
        const button = typeof raw === "string" ? { text: raw } : raw;
        return el("button", { className: "key", onclick: () => this.key(button) }, button.text);
      })),
    );
    this.find(".keys").replaceChildren(...drawn);
  }

  showToasts() {
    const { toasts } = this.raw;
    const fresh = this.toasted ? toasts.filter((one) => !this.toasted.has(one.query_id)) : [];
    this.toasted ??= new Set();
    for (const one of toasts) this.toasted.add(one.query_id);
    for (const one of fresh) this.toast(one.text, one.alert);
  }

  /** A line at the top of the screen; an alert stays until it is closed. */
  toast(text, alert = false) {
    const node = el("div", { className: "toast", role: alert ? "alertdialog" : "note" }, text);
    if (alert) node.append(el("button", { onclick: () => node.remove() }, "OK"));
    else setTimeout(() => node.remove(), TOAST_MS);
    this.find(".toasts").append(node);
  }
}

// The page ------------------------------------------------------------------------------------------------

const phones = [];
const turns = document.querySelectorAll("[data-turn]");
let scene = null;
let ahead = 0; // how far the story's clock is ahead of this machine's

const storyTime = () => new Date(Date.now() + ahead);

function drawClock() {
  $("time").textContent = clockOf(storyTime());
  $("day").textContent = dayOf(storyTime());
}

function nextText() {
  if (!scene.next) return "";
  const next = new Date(scene.next);
  if (shortDayOf(next) === shortDayOf(storyTime())) return clockOf(next);
  const day = next - storyTime() < WEEK_MS ? weekdayOf(next) : dateOf(next);
  return `${day} ${clockOf(next)}`;
}

function draw(made) {
  scene = made;
  ahead = new Date(scene.now) - Date.now();
  drawClock();
  $("next").textContent = nextText();
  $("line").textContent = scene.line;
  for (const button of turns) able(button, !scene.busy && (scene.next || button.dataset.turn !== "next"));
  $("story").textContent = scene.playing ? "⏹️ Hentikan (stop)" : "▶️ Putar cerita (play)";
  able($("story"), !scene.busy || scene.playing);
  scene.phones.forEach((raw, n) => {
    if (!phones[n]) {
      phones[n] = new Phone();
      $("phones").append(phones[n].node);
    }
    phones[n].show(raw, scene.busy);
  });
}

async function stage(deed, body = {}) {
  await post(`/page/${deed}`, body).catch((error) => ($("line").textContent = error.message));
}

for (const button of turns) {
  const seconds = button.dataset.turn === "next" ? null : Number(button.dataset.turn);
  onPress(button, () => stage("turn", { seconds }));
}
onPress($("story"), () => stage("story"));
setInterval(drawClock, 1000);

/** One long poll after the other: the answer comes as soon as something changed. */
let version = -1;
for (;;) {
  try {
    draw(await answered(await fetch(`/page/scene?after=${version}`)));
    version = scene.version;
    await sleep(BURST_MS);
  } catch (error) {
    version = -1;
    $("line").textContent = `Demo tidak menjawab (the demo does not answer): ${error.message}`;
    await sleep(1000);
  }
}

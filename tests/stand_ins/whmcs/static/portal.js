// Menus that open, and the one dialog: filled by requests, emptied when it closes.
const all = (selector, deed) => document.querySelectorAll(selector).forEach(deed);
const modal = document.getElementById("modalAjax");
const body = modal.querySelector(".modal-body");
const button = modal.querySelector(".modal-submit");
const veil = document.body.classList.contains("primary-bg-color") ? "w-hidden" : "hidden";

all("[data-toggle=collapse]", (toggle) => toggle.addEventListener("click", () =>
  document.querySelector(toggle.dataset.target).classList.toggle("in")));
all("[data-toggle=dropdown]", (toggle) => toggle.addEventListener("click", (event) => {
  event.preventDefault();
  event.stopPropagation();
  toggle.parentElement.classList.toggle("open");
}));
document.addEventListener("click", () => all(".dropdown.open", (menu) => menu.classList.remove("open")));

function label(text, id) {
  button.hidden = !text;
  button.textContent = text || "Submit";
  if (text && id) button.id = id; else button.removeAttribute("id");
}

async function ask(address, values) {
  modal.querySelector(".loader").hidden = false;
  button.disabled = true;
  const sent = new URLSearchParams(values);
  sent.set("token", csrfToken);
  const answer = await (await fetch(address, { method: "POST", body: sent })).json();
  if (answer.errorMsg) body.innerHTML = `<div class="admin-modal-error alert alert-danger">${answer.errorMsg}</div>`;
  else body.innerHTML = answer.body;
  label(answer.hideSubmit ? "" : answer.submitlabel, answer.submitId);
  button.disabled = false;
  modal.querySelector(".loader").hidden = true;
  settled();
}

// The settings behind the dialog follow at once.
function settled() {
  const now = body.querySelector("[data-now]")?.dataset.now;
  if (now) all(".twofa-config-link", (part) => part.classList.toggle(veil, !part.classList.contains(now)));
}

function open(link) {
  modal.querySelector(".modal-title").textContent = link.dataset.modalTitle;
  modal.classList.add(link.dataset.modalClass, "show");
  if (modal.dataset.unveils) modal.removeAttribute("aria-hidden");
  label(link.dataset.btnSubmitLabel, link.dataset.btnSubmitId);
  ask(link.href, {});
}

function close() {
  modal.classList.remove("show", "twofa-setup");
  modal.setAttribute("aria-hidden", "true");
  body.replaceChildren();
  label("");
}

const submit = () => ask(body.querySelector("form").action, new FormData(body.querySelector("form")));
all(".open-modal", (link) => link.addEventListener("click", (event) => { event.preventDefault(); open(link); }));
all("[data-dismiss=modal]", (way) => way.addEventListener("click", close));
modal.addEventListener("click", (event) => { if (event.target === modal) close(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
body.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
button.addEventListener("click", submit);

// At the challenge one of two forms is in sight.
function swap(backup) {
  document.getElementById("frmTwoFactorChallenge").classList.toggle(veil, backup);
  document.getElementById("frmTwoFactorBackup").classList.toggle(veil, !backup);
  document.getElementById("frmTwoFactorChallengeFooter")?.classList.toggle(veil, backup);
}
all("#loginWithBackupCode", (link) => link.addEventListener("click", (event) => { event.preventDefault(); swap(true); }));
all("#backupCodeCancel", (link) => link.addEventListener("click", (event) => { event.preventDefault(); swap(false); }));

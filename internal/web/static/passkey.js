// Passkeys of the staff. The forms that need this file carry data-ask, data-answer and data-what (create or get); everything
// else on the site works without a script.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const send = async (address, body) => {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
    const read = await answer.json();
    if (!answer.ok) throw new Error(read.text ? read.text.ja + " / " + read.text.en : String(answer.status));
    return read;
  };
  const known = (list) => (list ?? []).map((k) => ({ ...k, id: bytes(k.id) }));
  const ask = async (what, options) => {
    const o = options.publicKey;
    o.challenge = bytes(o.challenge);
    if (what === "create") {
      o.user.id = bytes(o.user.id);
      o.excludeCredentials = known(o.excludeCredentials);
      return navigator.credentials.create({ publicKey: o });
    }
    o.allowCredentials = known(o.allowCredentials);
    return navigator.credentials.get({ publicKey: o });
  };
  const wire = (key) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    return { id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults() };
  };
  for (const form of document.querySelectorAll("form[data-ask]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[role=status]");
      said.textContent = "";
      try {
        const key = await ask(form.dataset.what, await send(form.dataset.ask));
        const done = await send(form.dataset.answer, wire(key));
        window.location.assign(done.next);
      } catch (fault) {
        said.textContent = fault.message;
      }
    });
  }
})();

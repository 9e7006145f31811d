// Asks the browser for a passkey and hands what it says over in a field of the form. Nothing is fetched.
"use strict";
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (list) => (list || []).map((one) => ({...one, id: bytes(one.id)}));

const ask = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: {...options.user, id: bytes(options.user.id)},
        excludeCredentials: listed(options.excludeCredentials),
      },
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: {...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials)},
    }),
};

const told = ({id, rawId, type, response}) => {
  const said = {clientDataJSON: text(response.clientDataJSON)};
  for (const name of ["attestationObject", "authenticatorData", "signature"]) {
    if (response[name]) said[name] = text(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return JSON.stringify({id, rawId: text(rawId), type, response: said});
};

const form = document.querySelector("[data-passkey]");
const failed = document.querySelector("[data-failed]");
if (form && window.PublicKeyCredential) {
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-without-script]")) note.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    if (!form.reportValidity()) return;
    try {
      form.querySelector("[data-answer]").value = told(await ask[form.dataset.passkey](JSON.parse(form.dataset.options)));
    } catch {
      failed.hidden = false;
      failed.scrollIntoView();
      return;
    }
    form.submit();
  });
}

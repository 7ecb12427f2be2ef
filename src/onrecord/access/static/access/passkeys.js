// Passkeys: asks the browser for one and sends what it answers. Forms that need this are hidden without it.
// window.webauthnJSON comes with django-allauth.
const keys = window.webauthnJSON;

function always(options) {
  // A key that signs in by itself: kept on the device, which makes sure who holds it.
  const wanted = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  options.publicKey.authenticatorSelection = { ...options.publicKey.authenticatorSelection, ...wanted };
  return options;
}

async function asked(form) {
  const given = document.getElementById(form.dataset.onrOptions);
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-onr-passkey]")) {
  const trouble = form.querySelector("[data-onr-trouble]");
  form.hidden = !(keys && keys.supported());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const options = await asked(form);
      const made = form.dataset.onrPasskey === "create" ? await keys.create(always(options)) : await keys.get(options);
      form.elements.credential.value = JSON.stringify(made);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}

// Keys and passkeys: the browser signs, the form carries what it signed. Needs no other script.
(() => {
  "use strict";

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (one) => one.charCodeAt(0)).buffer;
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const created = async (options) => {
    const key = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: named(options.excludeCredentials),
      },
    });
    return carried(key, {
      clientDataJSON: text(key.response.clientDataJSON),
      attestationObject: text(key.response.attestationObject),
      transports: key.response.getTransports ? key.response.getTransports() : [],
    });
  };

  const signed = async (options) => {
    const key = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: named(options.allowCredentials),
      },
    });
    const { response } = key;
    return carried(key, {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    });
  };

  const carried = (key, response) => ({
    type: key.type,
    id: key.id,
    rawId: text(key.rawId),
    authenticatorAttachment: key.authenticatorAttachment,
    response,
    clientExtensionResults: key.getClientExtensionResults(),
  });

  const begin = (form) => {
    const options = JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
    const act = form.dataset.passkey === "create" ? created : signed;
    const button = form.querySelector("[data-passkey-button]");
    const said = form.querySelector("[data-passkey-said]");
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await act(options));
      } catch {
        said.textContent = "La clé n’a pas répondu. Recommencez.";
        return;
      }
      form.submit();
    });
    button.hidden = false;
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    document.querySelectorAll("form[data-passkey]").forEach(begin);
  });
})();

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Google's question, with what a person can do about it. */
export function consentPage(query: URLSearchParams, addresses: readonly string[]): string {
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const accounts = addresses.map((address) => `<option>${escapeHtml(address)}</option>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A pretended Google</title>
<style>body{font:16px/1.5 system-ui;max-width:26rem;margin:10vh auto;padding:0 1rem}button,select{font:inherit;padding:.5rem .8rem;margin:.3rem .3rem .3rem 0}</style>
<h1>A pretended Google</h1><p>Hustings wants to <b>read your email</b>. Nothing leaves this computer.</p>
<form action="/consent">${hidden.join("")}
<p><label>Account <select name="address">${accounts.join("")}</select></label></p>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Cancel</button>
<button name="decision" value="untick">Continue with the box unticked</button></form></html>`;
}

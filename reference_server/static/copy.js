// Shows the "Copy" buttons; without this script the field beside each can be selected and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const field = document.getElementById(button.dataset.copy);
  const said = button.closest(".field").querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value.replaceAll(" ", ""));
      said.textContent = "Copied.";
    } catch {
      said.textContent = "The browser did not allow that. The code is selected; copy it with the keyboard.";
    }
  });
}

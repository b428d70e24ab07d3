{% include "report.js" %}
(() => {
  // Whoever clicks twice sends once. Only after a form is on its way: a button that is disabled before is not sent.
  const buttons = (one, off) => { for (const button of one.querySelectorAll("button")) button.disabled = off; };
  addEventListener("submit", (event) => { if (event.target.elements.csrf && event.target.id !== "upload") setTimeout(() => buttons(event.target, true)); });
  addEventListener("pageshow", () => { for (const one of document.forms) buttons(one, false); });
  const form = document.getElementById("upload");
  if (!form) return;
  const input = document.getElementById("file"), zone = input.parentElement, status = document.getElementById("progress");
  const words = form.dataset;
  function wrong() {
    const files = [...input.files];
    if (files.length > Number(words.most)) return words.many.replace("{most}", words.most);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    return size > Number(words.largest) * 1048576 ? words.large.replace("{largest}", words.largest) : "";
  }
  input.addEventListener("change", () => { input.setCustomValidity(wrong()); input.reportValidity(); });
  for (const event of ["dragover", "dragleave", "drop"]) {
    addEventListener(event, (dropped) => {
      dropped.preventDefault();
      zone.classList.toggle("over", event === "dragover");
      if (event === "drop" && dropped.dataTransfer.files.length) {
        input.files = dropped.dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      }
    });
  }
  let ticking = 0;
  const ready = () => {
    clearInterval(ticking);
    status.textContent = "";
    buttons(form, false);
  };
  form.addEventListener("submit", (event) => {
    const shows = !event.submitter || !event.submitter.hasAttribute("formaction");
    const begun = Date.now();
    status.textContent = words.sending;
    ticking = setInterval(() => {
      status.textContent = words.busy.replace("{seconds}", Math.round((Date.now() - begun) / 1000));
    }, 1000);
    setTimeout(() => buttons(form, true));
    if (!shows) setTimeout(ready, 5000);
  });
  addEventListener("pageshow", ready);
})();

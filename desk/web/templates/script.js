{% include "report.js" %}
(() => {
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
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    const shows = !event.submitter || !event.submitter.hasAttribute("formaction");
    const begun = Date.now();
    status.textContent = words.sending;
    ticking = setInterval(() => {
      status.textContent = words.busy.replace("{seconds}", Math.round((Date.now() - begun) / 1000));
    }, 1000);
    // Only after the form is on its way: a button that is disabled before is not sent.
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
    if (!shows) setTimeout(ready, 5000);
  });
  addEventListener("pageshow", ready);
})();

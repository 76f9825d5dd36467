(() => {
  const save = document.querySelector(".save");
  const button = save.querySelector("button");
  const status = save.querySelector("[role=status]");
  let unsaved = false;

  document.addEventListener("input", () => {
    unsaved = true;
    save.hidden = false;
    status.textContent = "";
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // What people have written is no part of the mark-up until it is put there.
  const written = () => {
    for (const field of document.querySelectorAll("input, textarea")) {
      if (field.type === "checkbox" || field.type === "radio") field.toggleAttribute("checked", field.checked);
      else if (field.type === "text") field.setAttribute("value", field.value);
      else field.textContent = field.value;
    }
    save.hidden = true;
    const page = "<!DOCTYPE html>\n" + document.documentElement.outerHTML;
    save.hidden = false;
    return page;
  };

  button.addEventListener("click", () => {
    status.textContent = "";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written()], { type: "text/html" }));
    link.download = button.dataset.file;
    link.click();
    unsaved = false;
    status.textContent = status.dataset.saved;
  });
})();

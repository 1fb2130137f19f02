// The page's own script: buttons that lead into POS Aid, and a word about what came of it.
const help = document.querySelector("pos-aid");

for (const button of document.querySelectorAll("button[data-start]")) {
  button.addEventListener("click", () => {
    // An attribute, which works before embed.js is there too; help.go(…) is the same.
    help.setAttribute("start", button.dataset.start);
    help.scrollIntoView();
  });
}

help.addEventListener("pos-aid:outcome", ({ detail }) => {
  if (detail.kind === "call") document.getElementById("heard").textContent = "Our hotline is printed on your card.";
});

help.addEventListener("pos-aid:error", ({ detail }) => console.warn("POS Aid:", detail.code));

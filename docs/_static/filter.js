// A field that leaves, of all tables of the page, the rows with the words that are typed; made in #filter.

const place = document.getElementById("filter");
const field = Object.assign(document.createElement("input"), { type: "search", id: "filter-words", autocomplete: "off" });
const label = Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: "Show only rows with" });
const count = document.createElement("span");
count.setAttribute("role", "status");
place.append(label, field, count);

const rows = [...document.querySelectorAll("article tbody tr")];
const sections = [...document.querySelectorAll("article section:has(table)")].filter((section) => !section.querySelector("h1"));

field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  // A title goes if nothing below it stays.
  for (const section of sections) section.hidden = !section.querySelector("tbody tr:not([hidden])");
  const shown = rows.filter((row) => !row.hidden).length;
  count.textContent = words.length ? `${shown} of ${rows.length}` : "";
});

// Part of the search page. Whoever pastes a message looks for the page that explains it. The message has the names
// of the reader's own classes, which are on no page; so the search is for its code, or for its exception.

const CODES = [
  [/\[(key-view[a-z-]*)\]/],
  [/may raise TypeError/, "key-view-may-raise"],
  [/cannot be hashed/, "key-view-unhashable"],
  [/declares __(key|borrow)__|returns .* itself a view/, "key-view-law"],
  [/ [!=]= .* is always (true|false)/, "key-view-equal"],
  [/view is never stored/, "key-view-stored"],
  [/no total order/, "key-view-order"],
  [/can never find|probably by mistake, among|never compare equal|looks for the place of/, "key-view"],
  [/removes nothing|is always (empty|the union|true|false)/, "key-view"],
  [/(StaleEntryError|OccupiedError|KeyViewError|OrderError)/],
  [/this (Vacant|Occupied) entry|(no longer|now) in the map/, "StaleEntryError"],
  [/try_insert was asked to store/, "OccupiedError"],
  [/stands for .*(but|itself a view)/, "KeyViewError"],
  [/is neither less than|has no place in an order/, "OrderError"],
];

const asked = new URLSearchParams(location.search);
const pasted = asked.get("q") || "";
const [pattern, meant] = CODES.find(([pattern]) => pasted.includes(" ") && pattern.test(pasted)) || [];
const sought = pattern && (meant || pattern.exec(pasted)[1]);
if (sought) {
  asked.set("q", sought);
  history.replaceState(null, "", `?${asked}`);
}

// Sphinx's own numbers, but for the page of a code.
// eslint-disable-next-line no-unused-vars -- Sphinx's script reads it.
var Scorer = {
  score: ([page, , , , score]) => score + (page === `errors/${sought || pasted}` ? 100 : 0),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};

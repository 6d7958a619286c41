// While a list is being checked, imported or undone, its page is loaded again every second, and then stays.
"use strict";

if (document.querySelector("[data-works]")) {
  setTimeout(() => location.reload(), 1000);
}

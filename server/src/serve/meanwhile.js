{
let busy;
const here = document.documentElement.dataset;
const asked = (form) => "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
const ask = async ({ type, target: { form, name } }) => {
if (busy || form?.id != "ask" || "live" in here || (name == "from") != (type == "change")) return;
busy = true;
try {
for (let now; now != asked(form);) {
now = asked(form);
const answer = await fetch(location.pathname + now, { cache: "no-store", priority: "high", headers: { "x-inside": "1" } });
const page = new DOMParser().parseFromString(await answer.text(), "text/html");
if (!answer.ok || "live" in here) break;
const drawn = [...page.querySelector("#ask").parentNode.children];
[...form.parentNode.children].forEach((part, at) => part == form || part.replaceWith(drawn[at]));
history.replaceState(null, "", now);
}
} catch {}
busy = false;
};
addEventListener("input", ask);
addEventListener("change", ask);
}

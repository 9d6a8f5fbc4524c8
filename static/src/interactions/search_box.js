import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const SHORTEST = 2;
const PAUSE = 200; // milliseconds without a key before the server is asked

/**
 * The search box at the top of every page: "/" goes there, results come while one types, arrow keys walk through
 * them. Without JavaScript it is a form that leads to the page of results.
 */
export class SearchBox extends Interaction {
    static selector = ".o_cp_find";
    dynamicContent = {
        _document: { "t-on-keydown": this.onAnyKey, "t-on-click": this.onAnyClick },
        input: { "t-on-input": this.debounced(this.look, PAUSE), "t-on-focus": this.show },
        _root: { "t-on-keydown": this.onKey },
    };

    setup() {
        this.input = this.el.querySelector("input");
        this.results = this.el.querySelector(".cp-find-results");
        this.asked = "";
    }

    onAnyKey(ev) {
        const typing = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        if (ev.key === "/" && !typing && !ev.ctrlKey && !ev.metaKey && !ev.altKey && this.input.offsetParent) {
            ev.preventDefault();
            this.input.focus();
            this.input.select();
        }
    }

    onAnyClick(ev) {
        if (!this.el.contains(ev.target)) {
            this.results.hidden = true;
        }
    }

    async look() {
        const words = this.input.value.trim();
        this.asked = words;
        if (words.length < SHORTEST) {
            this.results.hidden = true;
            this.results.replaceChildren();
            return;
        }
        const query = new URLSearchParams({ search: words, part: "1" });
        const answer = await this.waitFor(fetch(`/my/search?${query}`));
        const html = answer.ok && !answer.redirected ? await this.waitFor(answer.text()) : "";
        if (html && words === this.asked) {
            const found = new DOMParser().parseFromString(html, "text/html");
            this.results.replaceChildren(...found.body.childNodes);
            this.results.hidden = false;
        }
    }

    show() {
        this.results.hidden = !this.results.childElementCount || this.input.value.trim() !== this.asked;
    }

    onKey(ev) {
        const stops = [this.input, ...(this.results.hidden ? [] : this.results.querySelectorAll("a"))];
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step && stops.length > 1) {
            ev.preventDefault();
            const here = stops.indexOf(document.activeElement);
            stops[(here + step + stops.length) % stops.length].focus();
        } else if (ev.key === "Escape" && !this.results.hidden) {
            ev.preventDefault();
            this.results.hidden = true;
            this.input.focus();
            this.results.hidden = true;
        }
    }
}

registry.category("public.interactions").add("client_portal.search_box", SearchBox);

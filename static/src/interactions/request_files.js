import { Interaction } from "@web/public/interaction";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const STALLED = 60000; // milliseconds without a byte going out: the connection is dead and has not said so
const NO_ROOM = 507; // what a full disk answers

/**
 * Photos and files of a request: each is sent as soon as it is chosen, one after the other, and
 * waits on the server for the form. So a refusal is told at once and for the one file, and a form
 * that comes back still has its files. What breaks off says so, and is sent again when the connection
 * is back, with the form, or by hand; without a connection the form stays as it is. Without JavaScript
 * the files go with the form.
 */
export class RequestFiles extends Interaction {
    static selector = ".o_cp_files";
    dynamicContent = {
        _root: { "t-att-class": () => ({ "cp-scripted": true }) },
        "input[type=file]": { "t-on-change": (ev) => this.onChoose(ev) },
        ".cp-drop": {
            "t-on-dragover": (ev) => this.onDrag(ev, true),
            "t-on-dragleave": (ev) => this.onDrag(ev, false),
            "t-on-drop": (ev) => this.onDrop(ev),
        },
    };

    setup() {
        this.form = this.el.closest("form");
        this.list = this.el.querySelector(".cp-staged");
        this.waiting = [];
        this.broken = new Map(); // row -> file that did not arrive
    }

    start() {
        this.addListener(this.form, "submit", (ev) => this.onSubmit(ev), { capture: true });
        this.addListener(window, "online", () => this.onOnline());
        for (const row of this.list.querySelectorAll("li:has(input)")) {
            this.addTakeAway(row);
        }
    }

    onChoose(ev) {
        this.take(ev.currentTarget.files);
        ev.currentTarget.value = "";
    }

    onDrag(ev, over) {
        ev.preventDefault();
        ev.currentTarget.classList.toggle("cp-over", over);
    }

    onDrop(ev) {
        this.onDrag(ev, false);
        this.take(ev.dataTransfer.files);
    }

    /** The form waits for files that are on their way, and then goes by itself. */
    onSubmit(ev) {
        if (this.goes) {
            this.goes = false;
            return;
        }
        ev.preventDefault();
        this.say("");
        const already = this.leaving;
        this.leaving = { submitter: ev.submitter };
        if (!already && !this.waiting.length) {
            this.retry();
            this.leave();
        }
    }

    onOnline() {
        this.say("");
        this.retry();
    }

    /** Send the form, once all its files are there and somebody takes it. */
    async leave() {
        if (this.waiting.length || this.isDestroyed) {
            return; // next() comes back
        }
        const { submitter } = this.leaving;
        const reached = !this.broken.size && (await this.waitFor(this.reachable()));
        delete this.leaving;
        if (reached) {
            this.goes = true;
            this.form.requestSubmit(submitter);
        } else if (this.broken.size) {
            this.say(_t("Not every file has arrived. Try again, or take away what did not."));
        } else {
            this.say(_t("There is no connection. What you wrote is still here: send it when you are back online."));
        }
    }

    async reachable() {
        try {
            return (await fetch("/web/health", { cache: "no-store" })).ok;
        } catch {
            return false;
        }
    }

    /** One line above the buttons, or none. */
    say(words) {
        this.line?.remove();
        if (words) {
            this.line = document.createElement("p");
            this.line.className = "cp-field-error mb-0";
            this.line.setAttribute("role", "alert");
            this.line.textContent = words;
            const button = this.form.querySelector("[type=submit]");
            (button.closest(".cp-buttons") || button).before(this.line);
        }
    }

    /** Send what broke off once more. */
    retry() {
        for (const [row, file] of this.broken) {
            row.remove();
            this.take([file]);
        }
        this.broken.clear();
    }

    take(files) {
        for (const file of files) {
            const row = this.addRow(file);
            const here = this.list.querySelectorAll("li:not(.cp-field-error)").length;
            if (file.size > Number(this.el.dataset.bytes)) {
                this.refuse(row, _t("“%(name)s” is too large. Files may have up to %(size)s.", this.words(file)));
            } else if (here > Number(this.el.dataset.count)) {
                this.refuse(row, _t("“%(name)s” is one too many: up to %(count)s files.", this.words(file)));
            } else {
                this.queue(file, row);
            }
        }
    }

    words(file) {
        return { name: file.name, size: this.el.dataset.size, count: this.el.dataset.count };
    }

    queue(file, row) {
        this.waiting.push({ file, row });
        if (this.waiting.length === 1) {
            this.next();
        }
    }

    /** One at a time: they count against one limit, and the first is soon there. */
    async next() {
        while (this.waiting.length && !this.isDestroyed) {
            const { file, row } = this.waiting[0];
            if (row.isConnected) {
                await this.send(file, row);
            }
            this.waiting.shift();
        }
        if (this.leaving) {
            this.leave();
        }
    }

    send(file, row) {
        return new Promise((resolve) => {
            const request = new XMLHttpRequest();
            const data = new FormData();
            data.append("csrf_token", this.form.elements.csrf_token.value);
            data.append("files", file);
            let stalled = setTimeout(() => request.abort(), STALLED);
            request.upload.onprogress = (ev) => {
                clearTimeout(stalled);
                stalled = setTimeout(() => request.abort(), STALLED);
                this.showProgress(row, ev.loaded / ev.total);
            };
            request.onloadend = () => {
                clearTimeout(stalled);
                this.onAnswer(request, file, row);
                resolve();
            };
            row.querySelector(".cp-take-away").onclick = () => {
                row.remove();
                request.abort();
            };
            request.open("POST", this.el.dataset.address);
            request.send(data);
        });
    }

    onAnswer(request, file, row) {
        if (!row.isConnected) {
            return;
        }
        let answer = {};
        try {
            answer = JSON.parse(request.responseText);
        } catch {
            // no answer of ours: the connection broke, or somebody signed out
        }
        if (answer.files) {
            this.keep(row, answer.files[0]);
        } else {
            this.refuse(row, answer.error || this.lost(request, file), !answer.error && file);
        }
    }

    lost(request, file) {
        return request.status === NO_ROOM
            ? _t("“%(name)s” could not be stored: there is no room for it.", this.words(file))
            : _t("“%(name)s” did not arrive.", this.words(file));
    }

    addRow(file) {
        const row = document.createElement("li");
        row.className = "cp-staged-file";
        const label = document.createElement("label");
        if (file.type.startsWith("image/") && !/hei[cf]$/.test(file.type)) {
            const picture = document.createElement("img");
            picture.alt = "";
            picture.src = URL.createObjectURL(file);
            picture.onload = () => URL.revokeObjectURL(picture.src);
            label.append(picture);
        }
        const name = document.createElement("span");
        name.className = "cp-grow";
        name.textContent = file.name;
        const size = document.createElement("span");
        size.className = "cp-muted cp-size";
        const bar = document.createElement("div");
        bar.className = "progress cp-progress";
        bar.setAttribute("role", "progressbar");
        bar.setAttribute("aria-label", file.name);
        bar.innerHTML = "<div class='progress-bar'></div>";
        label.append(name, size);
        row.append(label, bar);
        this.list.append(row);
        this.addTakeAway(row);
        return row;
    }

    addTakeAway(row) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "cp-take-away";
        button.title = _t("Take away");
        button.setAttribute("aria-label", `${button.title}: ${row.querySelector(".cp-grow").textContent}`);
        button.innerHTML = "<i class='fa fa-times' aria-hidden='true'></i>";
        button.onclick = () => row.remove();
        row.querySelector("label").after(button);
    }

    showProgress(row, part) {
        const percent = Math.round(100 * part);
        const bar = row.querySelector(".cp-progress");
        bar.setAttribute("aria-valuenow", percent);
        bar.firstElementChild.style.width = `${percent}%`;
    }

    keep(row, file) {
        row.querySelector(".cp-progress").remove();
        row.querySelector(".cp-grow").textContent = file.name;
        row.querySelector(".cp-size").textContent = file.size;
        row.querySelector(".cp-take-away").onclick = () => row.remove();
        const box = document.createElement("input");
        Object.assign(box, { type: "checkbox", name: "staged", value: file.id, checked: true, className: "form-check-input" });
        row.querySelector("label").prepend(box);
    }

    /** Say why, at the file; `again` is the file when it is worth another try. */
    refuse(row, words, again = null) {
        row.classList.add("cp-field-error");
        row.querySelector(".cp-progress").remove();
        row.querySelector("img")?.remove();
        row.querySelector(".cp-grow").textContent = words;
        row.querySelector(".cp-take-away").onclick = () => {
            this.broken.delete(row);
            row.remove();
        };
        if (again) {
            this.broken.set(row, again);
            const button = document.createElement("button");
            button.type = "button";
            button.className = "btn btn-secondary";
            button.textContent = _t("Try again");
            button.onclick = () => {
                this.broken.delete(row);
                row.remove();
                this.take([again]);
            };
            row.querySelector("label").after(button);
        }
    }
}

registry.category("public.interactions").add("client_portal.request_files", RequestFiles);

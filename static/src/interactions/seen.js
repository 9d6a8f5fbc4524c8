import { browser } from "@web/core/browser/browser";
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const KEY = "client_portal_seen";
const EVERY = 60000; // milliseconds

/**
 * Tell the server that a page was looked at, so that what is new afterwards is new on every device. A request of its
 * own, because reading a page writes nothing; without JavaScript signing in does it.
 */
export class Seen extends Interaction {
    static selector = ".o_cp_seen";

    start() {
        const last = Number(browser.sessionStorage.getItem(KEY) || 0);
        if (Date.now() - last >= EVERY) {
            browser.sessionStorage.setItem(KEY, String(Date.now()));
            const body = new URLSearchParams({ csrf_token: odoo.csrf_token });
            this.waitFor(fetch(this.el.dataset.url, { method: "POST", body, keepalive: true })).catch(() => {});
        }
    }
}

registry.category("public.interactions").add("client_portal.seen", Seen);

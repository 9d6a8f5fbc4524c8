import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * The form of a request: sent once however often one clicks, and with only the assets of the
 * chosen site on offer. The server makes one request of it anyhow, and checks the asset.
 */
export class RequestForm extends Interaction {
    static selector = ".o_cp_request";
    dynamicContent = {
        _root: { "t-on-submit": (ev) => this.onSubmit(ev) },
        _window: { "t-on-pageshow": () => this.setSent(false) },
        "select[name=site]": { "t-on-change": () => this.offerAssets() },
    };

    start() {
        this.offerAssets();
    }

    onSubmit(ev) {
        if (ev.defaultPrevented) {
            return; // files are still on their way, see request_files.js
        }
        if (this.sent) {
            ev.preventDefault();
            return;
        }
        this.setSent(true);
    }

    /** Back in the form, also from the browser's history, it can be sent again. */
    setSent(sent) {
        this.sent = sent;
        this.el.querySelector("[type=submit]").setAttribute("aria-disabled", sent);
    }

    offerAssets() {
        const site = this.el.querySelector("select[name=site]")?.value;
        const assets = this.el.querySelector("select[name=asset]");
        for (const option of assets?.options || []) {
            const elsewhere = Boolean(site && option.dataset.site && option.dataset.site !== site);
            option.hidden = option.disabled = elsewhere;
            if (elsewhere && option.selected) {
                assets.value = "";
            }
        }
    }
}

registry.category("public.interactions").add("client_portal.request_form", RequestForm);

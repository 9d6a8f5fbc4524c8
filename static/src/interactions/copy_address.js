import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * A button that copies the address beside it; without JavaScript one selects it by hand.
 */
export class CopyAddress extends Interaction {
    static selector = ".o_cp_copy";
    dynamicContent = {
        "button[data-done]": {
            "t-att-hidden": () => (navigator.clipboard ? undefined : "hidden"),
            "t-out": () => (this.copied ? this.done : this.label),
            "t-on-click": this.copy,
        },
        input: { "t-on-focus": (ev) => ev.currentTarget.select() },
    };

    setup() {
        const button = this.el.querySelector("button[data-done]");
        this.label = button.textContent;
        this.done = button.dataset.done;
        this.copied = false;
    }

    async copy() {
        await this.waitFor(navigator.clipboard.writeText(this.el.querySelector("input").value));
        this.copied = true;
    }
}

registry.category("public.interactions").add("client_portal.copy_address", CopyAddress);

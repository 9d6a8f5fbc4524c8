import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Says how many rows of a list are chosen; without JavaScript the button is simply there.
 */
export class PickBar extends Interaction {
    static selector = ".o_client_portal:has(.o_cp_pick)";
    dynamicContent = {
        ".cp-pick input": { "t-on-change": () => {} }, // looks again after each
        ".o_cp_pick button": { "t-att-disabled": () => (this.chosen() ? undefined : "disabled") },
        ".o_cp_pick_count": { "t-out": () => (this.chosen() ? `(${this.chosen()})` : "") },
    };

    chosen() {
        return this.el.querySelectorAll(".cp-pick input:checked").length;
    }
}

registry.category("public.interactions").add("client_portal.pick_bar", PickBar);

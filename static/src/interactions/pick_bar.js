import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";

/**
 * Says how many rows of a list are chosen, and chooses all of a page; without JavaScript the button is simply there.
 */
export class PickBar extends Interaction {
    static selector = ".o_client_portal:has(.o_cp_pick)";
    dynamicContent = {
        ".cp-pick input": { "t-on-change": () => this.mark() }, // what is said below is said anew after each
        ".o_cp_pick button": { "t-att-disabled": () => (this.chosen() ? undefined : "disabled") },
        ".o_cp_pick_count": { "t-out": () => (this.chosen() ? `(${this.chosen()})` : "") },
        ".o_cp_pick_number": { "t-out": () => String(this.chosen()) },
        ".o_cp_pick_said": { "t-out": () => (this.chosen() ? _t("%s chosen", this.chosen()) : "") },
        ".cp-pick-late": { "t-att-class": () => ({ "cp-pick-none": !this.chosen() }) },
        ".o_cp_pick_all": { "t-att-class": () => ({ "d-none": false }) },
        ".o_cp_pick_all input": { "t-on-change": (ev) => this.choose(ev.currentTarget.checked) },
    };

    start() {
        this.mark(); // a browser that comes back remembers what was chosen
    }

    boxes() {
        return [...this.el.querySelectorAll(".cp-pick input")];
    }

    chosen() {
        return this.boxes().filter((box) => box.checked).length;
    }

    choose(all) {
        for (const box of this.boxes()) {
            box.checked = all;
        }
    }

    /** The box for all of them shows whether all are chosen, or only some. */
    mark() {
        const chosen = this.chosen();
        for (const box of this.el.querySelectorAll(".o_cp_pick_all input")) {
            box.checked = chosen > 0 && chosen === this.boxes().length;
            box.indeterminate = chosen > 0 && !box.checked;
        }
    }
}

registry.category("public.interactions").add("client_portal.pick_bar", PickBar);

import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * A choice above a list applies at once; without JavaScript there is a button.
 */
export class ListToolbar extends Interaction {
    static selector = ".o_cp_toolbar";
    dynamicContent = {
        _root: { "t-att-class": () => ({ "cp-auto": true }) },
        ".o_cp_at_once": { "t-on-change": () => this.el.requestSubmit() },
    };
}

registry.category("public.interactions").add("client_portal.list_toolbar", ListToolbar);

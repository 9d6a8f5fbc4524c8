import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * On a phone the sections scroll sideways: bring the open one into sight.
 */
export class SectionTabs extends Interaction {
    static selector = ".o_client_portal .cp-tabs ul";

    start() {
        const open = this.el.querySelector("[aria-current]");
        if (open) {
            const [list, tab] = [this.el.getBoundingClientRect(), open.getBoundingClientRect()];
            this.el.scrollLeft += tab.left + tab.width / 2 - (list.left + list.width / 2);
        }
    }
}

registry.category("public.interactions").add("client_portal.section_tabs", SectionTabs);

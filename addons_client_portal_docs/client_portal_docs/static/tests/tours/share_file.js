import { registry } from "@web/core/registry";

/** One click on a file of the chatter shares it, a second one takes it back. */
registry.category("web_tour.tours").add("client_portal_share_file", {
    steps: () => [
        { trigger: ".o-mail-Message .o_cp_share[title='Share with client']", run: "click" },
        { trigger: ".o_notification:contains('is shared with Alder Estates')" },
        { trigger: ".o-mail-Message .o_cp_shared" },
        { trigger: ".o_notification button:contains('Undo')", run: "click" },
        { trigger: ".o_notification:contains('is taken back. Nobody had opened it.')" },
        { trigger: ".o-mail-Message .o_cp_share[title='Share with client']" },
    ],
});

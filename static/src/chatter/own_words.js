import { Composer } from "@mail/core/common/composer";
import { Message } from "@mail/core/common/message_model";
import { Thread } from "@mail/core/common/thread_model";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const { DateTime } = luxon;

/** What was typed stays and can be sent again: stock leaves the button dead after a refusal. */
patch(Composer.prototype, {
    async processMessage() {
        try {
            await super.processMessage(...arguments);
        } catch (error) {
            this.state.active = true;
            const reason = error.data?.message || _t("There is no connection right now. Please try again in a moment.");
            this.env.services.notification.add(reason, {
                title: _t("Not sent. What you wrote is still here."),
                type: "danger",
                sticky: true,
            });
        }
    },
});

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {number|undefined} for how long members change what they wrote; undefined for everybody else */
        this.clientEditMinutes = undefined;
    },
});

patch(Message.prototype, {
    get editable() {
        const minutes = this.thread?.clientEditMinutes;
        const age = DateTime.now().diff(this.datetime, "minutes").minutes;
        return super.editable && (minutes === undefined || age < minutes);
    },
});

import { AttachmentList } from "@mail/core/common/attachment_list";
import { Thread } from "@mail/core/common/thread_model";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {boolean|undefined} whether the record is of a client, and the user may share its files */
        this.clientShares = undefined;
    },
});

/** Files of a record, of its messages and of replies by mail: one click leads to sharing them with the client. */
patch(AttachmentList.prototype, {
    setup() {
        super.setup(...arguments);
        this.action = useService("action");
        this.orm = useService("orm");
    },

    clientThread(attachment) {
        return this.env.message?.thread ?? attachment.thread;
    },

    canShareWithClient(attachment) {
        return !this.env.inComposer && attachment.id > 0 && Boolean(this.clientThread(attachment)?.clientShares);
    },

    async onClickShareWithClient(attachment) {
        const thread = this.clientThread(attachment);
        const context = { client_share_files: [attachment.id] };
        const action = await this.orm.call(thread.model, "action_client_share", [[thread.id]], { context });
        await this.action.doAction(action);
    },

    getActions(attachment) {
        const actions = super.getActions(...arguments);
        if (this.canShareWithClient(attachment)) {
            actions.push({
                label: _t("Share with client"),
                icon: "fa fa-share-alt",
                onSelect: () => this.onClickShareWithClient(attachment),
            });
        }
        return actions;
    },
});

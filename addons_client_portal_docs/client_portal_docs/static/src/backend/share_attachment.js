import { AttachmentList } from "@mail/core/common/attachment_list";
import { Thread } from "@mail/core/common/thread_model";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

const TIME_TO_UNDO = 30_000; // milliseconds

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {boolean|undefined} whether the record is of a client, and the user may share its files */
        this.clientShares = undefined;
        /** @type {Object<string, number>|undefined} checksum of bytes that are shared -> document of the record */
        this.clientShared = undefined;
    },
});

/** Files of a record, of its messages and of replies by mail: one click shares them with the client, one undoes it. */
patch(AttachmentList.prototype, {
    setup() {
        super.setup(...arguments);
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.sharing = new Set();
    },

    clientThread(attachment) {
        return this.env.message?.thread ?? attachment.thread;
    },

    canShareWithClient(attachment) {
        return !this.env.inComposer && attachment.id > 0 && Boolean(this.clientThread(attachment)?.clientShares);
    },

    /** The document that shows this file to the client, if one does. */
    sharedDocument(attachment) {
        return this.clientThread(attachment)?.clientShared?.[attachment.checksum];
    },

    shareLabel(attachment) {
        return this.sharedDocument(attachment) ? _t("Shared with client: open the document") : _t("Share with client");
    },

    async onClickShareWithClient(attachment) {
        const shared = this.sharedDocument(attachment);
        if (shared) {
            await this.openDocument(shared);
        } else if (!this.sharing.has(attachment.id)) {
            this.sharing.add(attachment.id);
            try {
                await this.shareWithClient(attachment);
            } finally {
                this.sharing.delete(attachment.id);
            }
        }
    },

    async shareWithClient(attachment) {
        const thread = this.clientThread(attachment);
        const answer = await this.orm.call(thread.model, "action_client_share_file", [[thread.id], attachment.id]);
        thread.clientShared = answer.files;
        const undo = async () => {
            close();
            const back = await this.orm.call("client.document.version", "action_take_back", [[answer.version]]);
            thread.clientShared = back.files;
            this.notification.add(back.message, { type: "info" });
        };
        const open = () => {
            close();
            return this.openDocument(answer.document);
        };
        const buttons = [{ name: _t("Open"), onClick: open }];
        const close = this.notification.add(answer.message, {
            type: "success",
            autocloseDelay: TIME_TO_UNDO,
            buttons: answer.fresh ? [{ name: _t("Undo"), onClick: undo, primary: true }, ...buttons] : buttons,
        });
    },

    openDocument(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "client.document",
            res_id: id,
            views: [[false, "form"]],
        });
    },

    getActions(attachment) {
        const actions = super.getActions(...arguments);
        if (this.canShareWithClient(attachment)) {
            actions.push({
                label: this.shareLabel(attachment),
                icon: this.sharedDocument(attachment) ? "fa fa-check" : "fa fa-share-alt",
                onSelect: () => this.onClickShareWithClient(attachment),
            });
        }
        return actions;
    },
});

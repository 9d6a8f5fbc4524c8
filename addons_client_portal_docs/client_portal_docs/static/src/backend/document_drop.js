import { Component, useRef } from "@odoo/owl";

import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileUploadProgressContainer } from "@web/core/file_upload/file_upload_progress_container";
import { FileUploadProgressKanbanRecord } from "@web/core/file_upload/file_upload_progress_record";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ROUTE = "/client_portal/documents/drop";

/**
 * Files dropped here become drafts of a record's documents; without a record it is asked whose they are.
 *
 * @param {{ el: HTMLElement }} target where they may be dropped
 * @param {function(): { resModel: string|undefined, resId: number|undefined }} getRecord; nothing: not now
 * @param {function(): any} reload called when they are filed
 * @param {function(): boolean} isEnabled
 */
function useDocumentDrop(target, getRecord, reload, isEnabled = () => true) {
    const uploads = useService("file_upload");
    const onLoaded = useFiled(reload);
    const mine = new Set();

    useDropzone(target, onDrop, "o_cp_drop", isEnabled);
    useBus(uploads.bus, "FILE_UPLOAD_LOADED", ({ detail }) => {
        if (mine.delete(detail.upload.id)) {
            onLoaded(JSON.parse(detail.upload.xhr.responseText));
        }
    });

    async function onDrop(ev) {
        const files = [...ev.dataTransfer.files]; // gone as soon as somebody is waited for
        const record = await getRecord();
        if (!record) {
            return;
        }
        const { resModel, resId } = record;
        const upload = await uploads.upload(ROUTE, files, {
            buildFormData: (form) => {
                form.append("res_model", resModel || "");
                form.append("res_id", resId || "");
            },
        });
        mine.add(upload.id);
    }
}

/** What is said of files that were filed: whose they are is asked, or they are shared with one more click. */
function useFiled(reload) {
    const notification = useService("notification");
    const action = useService("action");
    const orm = useService("orm");

    return async (answer) => {
        if (answer.action) {
            await action.doAction(answer.action, { onClose: reload });
            return;
        }
        const share = async () => {
            close();
            await orm.call("client.document", "action_client_publish", [answer.ids]);
            await reload();
        };
        const close = notification.add(_t("Filed as drafts: %s", answer.count), {
            type: "success",
            buttons: [{ name: _t("Share with Client"), onClick: share }],
        });
        await reload();
    };
}

function recordOf(context) {
    return { resModel: context.default_res_model, resId: context.default_res_id };
}

class DocumentKanbanController extends KanbanController {
    setup() {
        super.setup();
        useDocumentDrop(
            this.rootRef,
            () => recordOf(this.props.context),
            () => this.model.load()
        );
    }
}

class DocumentKanbanRenderer extends KanbanRenderer {
    static components = {
        ...KanbanRenderer.components,
        FileUploadProgressContainer,
        FileUploadProgressKanbanRecord,
    };
    static template = "client_portal_docs.DocumentKanbanRenderer";

    setup() {
        super.setup();
        this.fileUploadService = useService("file_upload");
    }
}

class DocumentListController extends ListController {
    setup() {
        super.setup();
        useDocumentDrop(
            this.rootRef,
            () => recordOf(this.props.context),
            () => this.model.load()
        );
    }
}

/** On the form of a job or a project: files dropped on its sheet are its documents; on a document's, its versions. */
class DocumentDrop extends Component {
    static template = "client_portal_docs.DocumentDrop";
    static props = { ...standardWidgetProps };

    setup() {
        const mark = useRef("mark");
        const sheet = {
            get el() {
                return mark.el?.closest(".o_form_sheet") ?? null;
            },
        };
        useDocumentDrop(
            sheet,
            () => this.saved(),
            () => this.props.record.load(),
            () => Boolean(this.props.record.resId && this.props.record.data.client_id)
        );
    }

    /** What was typed is saved before the form shows what was dropped. */
    async saved() {
        const { record } = this.props;
        const clean = !(await record.isDirty()) || (await record.save());
        return clean && { resModel: record.resModel, resId: record.resId };
    }
}

registry.category("views").add("client_document_kanban", {
    ...kanbanView,
    Controller: DocumentKanbanController,
    Renderer: DocumentKanbanRenderer,
});
registry.category("views").add("client_document_list", { ...listView, Controller: DocumentListController });
registry.category("view_widgets").add("client_document_drop", {
    component: DocumentDrop,
    fieldDependencies: [{ name: "client_id", type: "many2one" }],
});

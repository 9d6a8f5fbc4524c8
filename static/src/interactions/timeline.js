/* global Chart */
import { loadBundle } from "@web/core/assets";
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const ROW = 40; // height of a row: its name, and the bar below
const AXIS = 60; // height above and below the rows
const BAR = 10;
const MARK = 7; // half a milestone's diamond
const GAP = 5; // between a name and its bar
const FONT = 13;

/**
 * Draws the timeline of a project from the values the server put on the element. Until then, and
 * without JavaScript, the same stands there as a list.
 */
export class Timeline extends Interaction {
    static selector = ".o_cp_timeline";

    async willStart() {
        // without the library the list stays
        this.ready = await loadBundle("web.chartjs_lib").then(
            () => true,
            () => false
        );
    }

    start() {
        if (!this.ready) {
            return;
        }
        this.values = JSON.parse(this.el.dataset.timeline);
        this.style = getComputedStyle(this.el);
        this.rtl = this.style.direction === "rtl";
        this.show(true);
        const holder = this.el.querySelector(".cp-timeline-draw");
        holder.style.height = `${this.values.rows.length * ROW + AXIS}px`;
        const chart = new Chart(holder.querySelector("canvas"), this.config());
        this.registerCleanup(() => {
            chart.destroy();
            this.show(false);
        });
    }

    /** Shows the drawing and folds the list, or the other way round. */
    show(drawn) {
        for (const part of this.el.querySelectorAll("[aria-hidden]")) {
            part.classList.toggle("d-none", !drawn);
        }
        this.el.querySelector("details").open = !drawn;
    }

    colour(name) {
        return this.style.getPropertyValue(`--cp-bar-${name}`).trim();
    }

    config() {
        const { rows } = this.values;
        const colours = rows.map((row) =>
            row.kind === "milestone" ? "transparent" : this.colour(row.tone)
        );
        return {
            type: "bar",
            data: {
                labels: rows.map((row) => row.label),
                datasets: [
                    {
                        data: rows.map((row) => [row.from, row.to]),
                        backgroundColor: colours,
                        hoverBackgroundColor: colours,
                        barThickness: BAR,
                        borderRadius: BAR / 2,
                        borderSkipped: false,
                        minBarLength: BAR,
                    },
                ],
            },
            options: this.options(),
            plugins: [
                { id: "cp_behind", beforeDatasetsDraw: (chart) => this.drawBehind(chart) },
                { id: "cp_names", afterDatasetsDraw: (chart) => this.drawRows(chart) },
            ],
        };
    }

    options() {
        const { rows } = this.values;
        return {
            indexAxis: "y",
            animation: false,
            maintainAspectRatio: false,
            layout: { padding: { top: 30, left: 2, right: 2 } },
            onClick: (_event, [hit]) => {
                if (hit && rows[hit.index].url) {
                    window.location = rows[hit.index].url;
                }
            },
            onHover: (event, [hit]) => {
                event.native.target.style.cursor = hit && rows[hit.index].url ? "pointer" : "";
            },
            plugins: {
                legend: { display: false },
                tooltip: {
                    rtl: this.rtl,
                    textDirection: this.style.direction,
                    displayColors: false,
                    callbacks: {
                        label: ({ dataIndex }) => `${rows[dataIndex].words} · ${rows[dataIndex].status}`,
                    },
                },
            },
            scales: { x: this.timeAxis(), y: { display: false } },
        };
    }

    timeAxis() {
        const { start, end, ticks } = this.values;
        const labels = new Map(ticks.map((tick) => [tick.at, tick.label]));
        return {
            type: "linear",
            min: start,
            max: end,
            reverse: this.rtl,
            border: { display: false },
            grid: { color: this.colour("grid"), drawTicks: false },
            afterBuildTicks: (axis) => {
                axis.ticks = ticks.map((tick) => ({ value: tick.at }));
            },
            ticks: {
                callback: (value) => labels.get(value),
                color: this.colour("soft"),
                font: { family: this.style.fontFamily, size: 12 },
                maxRotation: 0,
                padding: 6,
            },
        };
    }

    /** The project's own dates as a band, today as a line. */
    drawBehind({ ctx, chartArea, scales }) {
        const { period, today } = this.values;
        ctx.save();
        if (period) {
            const [left, right] = [period.from, period.to].map((day) => scales.x.getPixelForValue(day));
            ctx.fillStyle = this.colour("period");
            ctx.fillRect(left, chartArea.top, right - left, chartArea.height);
        }
        if (today) {
            const at = scales.x.getPixelForValue(today.at);
            ctx.strokeStyle = ctx.fillStyle = this.colour("today");
            ctx.setLineDash([4, 3]);
            ctx.beginPath();
            ctx.moveTo(at, chartArea.top - 10);
            ctx.lineTo(at, chartArea.bottom);
            ctx.stroke();
            ctx.font = `600 12px ${this.style.fontFamily}`;
            const half = ctx.measureText(today.label).width / 2;
            ctx.textAlign = "center";
            const inside = Math.min(Math.max(at, chartArea.left + half), chartArea.right - half);
            ctx.fillText(today.label, inside, chartArea.top - 15);
        }
        ctx.restore();
    }

    /** Every row's name above its bar, and milestones as diamonds. */
    drawRows({ ctx, chartArea, scales }) {
        ctx.save();
        this.values.rows.forEach((row, index) => {
            const y = scales.y.getPixelForValue(index);
            const milestone = row.kind === "milestone";
            const day = milestone ? (row.from + row.to) / 2 : row.from;
            let x = scales.x.getPixelForValue(day);
            if (milestone) {
                x = Math.min(Math.max(x, chartArea.left + MARK), chartArea.right - MARK);
                this.drawDiamond(ctx, x, y, this.colour(row.tone));
                x += this.rtl ? MARK : -MARK;
            }
            ctx.font = `${milestone ? 600 : 400} ${FONT}px ${this.style.fontFamily}`;
            ctx.fillStyle = this.colour("ink");
            this.drawName(ctx, chartArea, row.label, x, y - Math.max(BAR / 2, milestone ? MARK : 0) - GAP);
        });
        ctx.restore();
    }

    /** Text that begins at x where it fits, and otherwise as near as it does. */
    drawName(ctx, area, label, x, y) {
        let text = label;
        while (text.length > 1 && ctx.measureText(text).width > area.width) {
            text = `${text.slice(0, -2).trimEnd()}…`;
        }
        const width = ctx.measureText(text).width;
        ctx.direction = this.style.direction;
        ctx.textAlign = this.rtl ? "right" : "left";
        const begins = this.rtl ? Math.max(x, area.left + width) : Math.min(x, area.right - width);
        const at = Math.min(Math.max(begins, area.left), area.right);
        ctx.lineJoin = "round";
        ctx.lineWidth = 4;
        ctx.strokeStyle = this.colour("halo"); // keeps the line of today off the words
        ctx.strokeText(text, at, y);
        ctx.fillText(text, at, y);
    }

    drawDiamond(ctx, x, y, colour) {
        ctx.fillStyle = colour;
        ctx.beginPath();
        ctx.moveTo(x, y - MARK);
        ctx.lineTo(x + MARK, y);
        ctx.lineTo(x, y + MARK);
        ctx.lineTo(x - MARK, y);
        ctx.fill();
    }
}

registry.category("public.interactions").add("client_portal.timeline", Timeline);

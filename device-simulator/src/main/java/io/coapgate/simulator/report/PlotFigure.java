package io.coapgate.simulator.report;

/** A plot in the page: its title, where the script draws it, and its figures as a table. */
final class PlotFigure {
    private PlotFigure() {}

    static void write(Markup page, Plot plot) {
        String id = plot.heading().id();
        page.open("figure", "aria-labelledby", "title-" + id)
                .open("figcaption")
                .element("h3", plot.heading().title(), "id", "title-" + id)
                .element("p", plot.heading().about())
                .close("figcaption");
        page.open(
                        "div",
                        "class",
                        "plot",
                        "id",
                        "plot-" + id,
                        "role",
                        "img",
                        "aria-label",
                        plot.heading().title() + ": a plot of the figures in the table below it")
                .close("div");
        page.open("details")
                .element("summary", "As a table")
                .table(plot.table())
                .close("details")
                .close("figure");
    }
}

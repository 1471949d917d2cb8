package io.coapgate.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of two runs side by side. */
final class ComparisonPage {
    private ComparisonPage() {}

    static String of(Comparison comparison) {
        List<NamedRun> runs = List.of(comparison.first(), comparison.second());
        List<Plot> plots = Plots.of(runs);
        String title = comparison.first().name() + " and " + comparison.second().name();
        Markup page = new Markup();
        page.open("header")
                .element("p", "coapgate simulate --compare", "class", "product")
                .element("h1", title);
        for (NamedRun run : runs) {
            page.open("p", "class", "setting")
                    .open("strong")
                    .text(run.name())
                    .trusted("</strong> ")
                    .text(RunPage.setting(run.run().setting()))
                    .close("p");
        }
        page.close("header");
        page.open("section", "aria-labelledby", "figures")
                .element("h2", "Side by side", "id", "figures")
                .table(new DataTable(
                        "Better and worse are said from 5 % on; less is noise on most machines.",
                        comparison.headings(), comparison.rows()))
                .close("section");
        errors(page, runs);
        page.open("section", "aria-labelledby", "plots").element("h2", "Plots", "id", "plots");
        page.open("div", "class", "grid");
        plots.forEach(plot -> PlotFigure.write(page, plot));
        page.close("div").close("section");
        return PageDocument.of(title + " · coapgate simulate", page.toString(), PlotJson.of(plots, List.of()));
    }

    private static void errors(Markup page, List<NamedRun> runs) {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, Long> reason : ErrorPlot.reasons(runs)) {
            List<String> row = new ArrayList<>(List.of(reason.getKey()));
            runs.forEach(
                    run -> row.add(Unit.COUNT.text(run.run().results().errors().getOrDefault(reason.getKey(), 0L))));
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            page.open("section", "aria-labelledby", "reasons").element("h2", "Errors by reason", "id", "reasons");
            List<String> headings =
                    List.of("code or reason", runs.get(0).name(), runs.get(1).name());
            page.table(new DataTable("", headings, rows)).close("section");
        }
    }
}

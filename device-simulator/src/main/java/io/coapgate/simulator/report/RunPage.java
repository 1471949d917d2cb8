package io.coapgate.simulator.report;

import io.coapgate.simulator.run.Expectation;
import io.coapgate.simulator.run.Results;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Setting;
import io.coapgate.simulator.run.Timeline.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page of one run: the verdict, what was expected, the figures, the plots. */
final class RunPage {
    private static final List<String> TILES = List.of(
            "answered per second", "requests failed", "latency p50", "latency p99", "handshakes", "CPU of the gateway");

    private final NamedRun named;
    private final RunRecord run;
    private final Markup page = new Markup();

    private RunPage(NamedRun named) {
        this.named = named;
        this.run = named.run();
    }

    static String of(NamedRun run) {
        List<Plot> plots = Plots.of(List.of(run));
        return PageDocument.of(
                run.name() + " · coapgate simulate",
                new RunPage(run).body(plots),
                PlotJson.of(plots, List.of(run.run().timeline())));
    }

    private String body(List<Plot> plots) {
        page.open("header")
                .element("p", "coapgate simulate", "class", "product")
                .element("h1", named.name());
        page.element("p", setting(run.setting()), "class", "setting").close("header");
        verdict(Verdict.of(run));
        figures();
        page.open("div", "class", "overview");
        expectations();
        timeline();
        errors();
        page.close("div");
        page.open("section", "aria-labelledby", "plots").element("h2", "Over time and by percentile", "id", "plots");
        page.element(
                "noscript",
                "The plots are drawn by a script, which this browser does not run; the tables have it all.");
        page.open("div", "class", "grid");
        plots.forEach(plot -> PlotFigure.write(page, plot));
        page.close("div").close("section");
        details();
        return page.toString();
    }

    static String setting(Setting setting) {
        Setting.Fleet fleet = setting.fleet();
        return "%,d %s, %s, token: %s, %s connection ID · against %s · %s"
                .formatted(
                        fleet.devices(),
                        fleet.devices() == 1 ? "device" : "devices",
                        fleet.credential(),
                        fleet.tokenMode(),
                        fleet.connectionId() ? "with" : "without",
                        setting.target().equals("local") ? "a gateway on this machine" : setting.target(),
                        setting.startedAt().toString().replaceFirst("\\.\\d+Z$", "Z"));
    }

    private void verdict(Verdict verdict) {
        page.open("section", "class", "verdict " + verdict.kind().cssClass(), "aria-label", "Verdict")
                .element("p", verdict.word(), "class", "word")
                .element("p", verdict.why())
                .close("section");
        Results.Client client = run.results().client();
        if (client.bottleneck()) {
            page.open("section", "class", "warning", "role", "note")
                    .element("p", "The simulator was the bottleneck", "class", "word")
                    .element("p", client.why())
                    .close("section");
        }
    }

    private void expectations() {
        if (run.results().expectations().isEmpty()) {
            return;
        }
        page.open("section", "aria-labelledby", "expected").element("h2", "Expected", "id", "expected");
        List<List<String>> rows = new ArrayList<>();
        for (Expectation expectation : run.results().expectations()) {
            rows.add(List.of(expectation.text(), expectation.measured(), expectation.passed() ? "✓ met" : "✗ not met"));
        }
        page.table(new DataTable("", List.of("expectation", "measured", "verdict"), rows))
                .close("section");
    }

    private void figures() {
        page.open("section", "aria-labelledby", "figures").element("h2", "In figures", "id", "figures");
        page.open("dl", "class", "tiles");
        for (Metric metric : Metrics.of(run)) {
            if (TILES.contains(metric.name())) {
                page.open("div")
                        .element("dt", metric.name())
                        .element("dd", metric.text())
                        .close("div");
            }
        }
        page.close("dl").close("section");
    }

    private void errors() {
        var reasons = ErrorPlot.reasons(List.of(named));
        if (reasons.isEmpty()) {
            return;
        }
        page.open("section", "aria-labelledby", "reasons").element("h2", "Errors by reason", "id", "reasons");
        page.trusted(ErrorBars.of(reasons)).close("section");
    }

    private void timeline() {
        List<Mark> marks = run.timeline().marks();
        if (marks.isEmpty()) {
            return;
        }
        page.open("section", "aria-labelledby", "marks").element("h2", "What was done to it", "id", "marks");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            rows.add(List.of(
                    Integer.toString(i + 1),
                    String.format(Locale.ROOT, "%.1f s", marks.get(i).t()),
                    marks.get(i).text()));
        }
        page.table(new DataTable("The numbers stand at the lines in the plots.", List.of("line", "at", "what"), rows))
                .close("section");
    }

    private void details() {
        Setting.Machine machine = run.setting().machine();
        page.open("section", "aria-labelledby", "all").element("h2", "All figures", "id", "all");
        List<List<String>> rows = new ArrayList<>();
        Metrics.of(run).forEach(metric -> rows.add(List.of(metric.name(), metric.text())));
        rows.add(List.of("lateness of the simulator's own schedule, p99", lag()));
        rows.add(List.of("planned", seconds(run.timeline().planned())));
        rows.add(List.of("elapsed", seconds(run.timeline().elapsed())));
        rows.add(List.of(
                "machine of the simulator", machine.os() + ", " + machine.cpus() + " CPUs, JDK " + machine.jdk()));
        page.table(new DataTable("", List.of("figure", "value"), rows)).close("section");
    }

    private String lag() {
        return Unit.MICROS.text((double) run.results().client().lag().p99());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.1f s", duration.toNanos() / 1e9);
    }
}

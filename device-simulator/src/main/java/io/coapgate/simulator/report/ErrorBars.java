package io.coapgate.simulator.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts by reason, with a bar for each. */
final class ErrorBars {
    private static final double WIDTH = 200;

    private ErrorBars() {}

    /** @param reasons the most frequent first, one at least */
    static String of(List<Map.Entry<String, Long>> reasons) {
        double most = reasons.get(0).getValue();
        double all = reasons.stream().mapToLong(Map.Entry::getValue).sum();
        Markup table = new Markup();
        table.open("div", "class", "scroll", "tabindex", "0")
                .open("table", "class", "bars")
                .open("thead")
                .open("tr");
        List.of("code or reason", "count", "share", "")
                .forEach(heading -> table.element("th", heading, "scope", "col"));
        table.close("tr").close("thead").open("tbody");
        for (Map.Entry<String, Long> reason : reasons) {
            table.open("tr")
                    .element("th", reason.getKey(), "scope", "row")
                    .element("td", Unit.COUNT.text(reason.getValue()))
                    .element("td", Unit.SHARE.text(reason.getValue() / all))
                    .open("td")
                    .trusted(bar(WIDTH * reason.getValue() / most))
                    .close("td")
                    .close("tr");
        }
        table.close("tbody").close("table").close("div");
        return table.toString();
    }

    private static String bar(double length) {
        return String.format(
                Locale.ROOT,
                "<svg class=\"bar\" width=\"%.0f\" height=\"12\" aria-hidden=\"true\">"
                        + "<rect width=\"%.1f\" height=\"12\" rx=\"2\"/></svg>",
                WIDTH,
                length);
    }
}

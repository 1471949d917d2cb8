package io.coapgate.simulator.report;

import java.util.List;
import java.util.Map;

/**
 * HTML that is being written. All texts and attribute values are escaped; only names of elements and attributes are taken as
 * they are, and those are literals of this package.
 */
final class Markup {
    private static final Map<String, String> JUDGEMENTS =
            Map.of("✓ met", "good", "✗ not met", "bad", "better", "good", "worse", "bad");

    private static final int LONG_CELL = 24; // shorter ones are figures, which must not be broken

    private final StringBuilder html = new StringBuilder();

    /** @param attributes name, value, name, value, … */
    Markup open(String element, String... attributes) {
        html.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            html.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        html.append('>');
        return this;
    }

    Markup close(String element) {
        html.append("</").append(element).append(">\n");
        return this;
    }

    Markup text(String text) {
        html.append(escape(text));
        return this;
    }

    /** An element with a text in it. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** A script, a style sheet or another page part that this package made. */
    Markup trusted(String made) {
        html.append(made);
        return this;
    }

    Markup table(DataTable table) {
        open("div", "class", "scroll", "tabindex", "0")
                .open("table")
                .open("thead")
                .open("tr");
        table.headings().forEach(heading -> element("th", heading, "scope", "col"));
        close("tr").close("thead").open("tbody");
        table.rows().forEach(this::row);
        close("tbody").close("table").close("div");
        return table.note().isEmpty() ? this : element("p", table.note(), "class", "note");
    }

    private void row(List<String> cells) {
        open("tr");
        for (int i = 0; i < cells.size(); i++) {
            if (i == 0) {
                element("th", cells.get(i), "scope", "row");
            } else {
                judged(cells.get(i));
            }
        }
        close("tr");
    }

    /** A judgement stands out by its colour; its words say it without. */
    private void judged(String cell) {
        String tone = JUDGEMENTS.get(cell);
        if (tone != null) {
            element("td", cell, "class", tone);
        } else if (cell.length() > LONG_CELL) {
            element("td", cell, "class", "text");
        } else {
            element("td", cell);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}

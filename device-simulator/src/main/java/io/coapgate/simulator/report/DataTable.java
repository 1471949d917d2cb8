package io.coapgate.simulator.report;

import java.util.List;

/**
 * Figures as text; the first column names the row.
 *
 * @param note what is to be known of it; may be empty
 */
record DataTable(String note, List<String> headings, List<List<String>> rows) {
    DataTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
    }
}

package io.coapgate.simulator.bench;

import java.util.List;
import java.util.Locale;

/** Puts starts with and without an archive of classes side by side. */
final class StartTable {
    private final String archive;
    private final List<StartSample> plain;
    private final List<StartSample> archived;

    /** @param archive what kind of archive; the starts are in the order in which they took turns */
    StartTable(String archive, List<StartSample> plain, List<StartSample> archived) {
        this.archive = archive;
        this.plain = List.copyOf(plain);
        this.archived = List.copyOf(archived);
    }

    @Override
    public String toString() {
        TextTable table = new TextTable("coapgate run", "ready ms", "first answer ms", "fastest", "slowest");
        row(table, "plain", plain);
        row(table, archive, archived);
        return table + "\n\nfirst answer, " + archive + " / plain, pair by pair: "
                + answered(archived).dividedBy(answered(plain)).spread();
    }

    private static void row(TextTable table, String title, List<StartSample> starts) {
        table.row(
                title,
                millis(Figures.of(starts, StartSample::readyMillis).median()),
                millis(answered(starts).median()),
                millis(answered(starts).least()),
                millis(answered(starts).greatest()));
    }

    private static Figures answered(List<StartSample> starts) {
        return Figures.of(starts, StartSample::answeredMillis);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%,.0f", millis);
    }
}

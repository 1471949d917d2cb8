package io.coapgate.simulator.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Reports as one HTML file each, with all that they need in it: no server, no network. Whatever a record's texts hold, they
 * are shown and not interpreted. Stateless.
 */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(NamedRun run) {
        return RunPage.of(run);
    }

    public static String of(Comparison comparison) {
        return ComparisonPage.of(comparison);
    }

    /** Writes a report in place of whatever the file held. */
    public static void write(Path file, String html) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".part");
        try {
            Files.writeString(partial, html, StandardCharsets.UTF_8);
            Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}

package io.coapgate.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was found out about a token, in text that is safe for a terminal.
 *
 * @param kind what it is, in one line
 * @param refusals why it would be refused
 * @param notJudged what could not be told, and what would help
 * @param encryption whether it decrypts; empty if it isn't encrypted
 * @param signature whether it is valid
 */
record Report(
        String kind,
        List<Finding> refusals,
        List<String> notJudged,
        String encryption,
        String signature,
        List<Section> sections) {
    Report {
        refusals = List.copyOf(refusals);
        notJudged = List.copyOf(notJudged);
        sections = List.copyOf(sections);
    }

    /**
     * One reason to refuse the token.
     *
     * @param code what the gateway calls it
     * @param reason what the verifier calls it; empty if it leaves this to the gateway
     */
    record Finding(String code, String reason, String message) {}

    /** Rows under a title. */
    record Section(String title, List<Row> rows) {
        Section {
            rows = List.copyOf(rows);
        }
    }

    /** A name, its value, and a remark on it that may be empty. */
    record Row(String name, String value, String note) {
        Row(String name, String value) {
            this(name, value, "");
        }
    }

    void print(PrintWriter out) {
        out.println(kind);
        if (!refusals.isEmpty()) {
            out.println("would be refused because");
            refusals.forEach(refusal -> out.printf(
                    "  %-20s %s%s%n",
                    refusal.code(), refusal.reason().isEmpty() ? "" : refusal.reason() + ": ", refusal.message()));
        }
        if (!encryption.isEmpty()) {
            out.println("encryption: " + encryption);
        }
        out.println("signature or MAC: " + signature);
        notJudged.forEach(note -> out.println("not judged: " + note));
        for (Section section : sections) {
            out.println(section.title());
            int width = section.rows().stream()
                    .mapToInt(row -> row.name().length())
                    .max()
                    .orElse(0);
            for (Row row : section.rows()) {
                String line = String.format("  %-" + Math.max(width, 1) + "s  %s", row.name(), row.value());
                out.println(row.note().isEmpty() ? line : line + "  (" + row.note() + ")");
            }
        }
    }

    void printJson(PrintWriter out) {
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }
}

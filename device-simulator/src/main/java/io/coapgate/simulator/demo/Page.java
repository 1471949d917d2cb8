package io.coapgate.simulator.demo;

import java.io.PrintStream;
import java.util.List;

/** Writes the demo's text: headings, aligned rows and long values broken into lines; never wider than 96 columns. */
final class Page {
    private static final int WIDTH = 92;
    private static final String INDENT = "  ";

    private final PrintStream out;
    private final Paint paint;
    private boolean failed;

    Page(PrintStream out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    /** Whether a check has failed. */
    boolean hasFailed() {
        return failed;
    }

    void heading(String text) {
        out.println();
        out.println(paint.bold(text));
    }

    void row(String name, String value) {
        out.println(INDENT + paint.dim("%-11s".formatted(name)) + value);
    }

    void line(String text) {
        out.println((INDENT + text).stripTrailing());
    }

    /** A result, and whether it is the one that was wanted. */
    void check(String name, String result, boolean asWanted) {
        failed |= !asWanted;
        String mark = asWanted ? paint.good("ok    ") : paint.bad("FAILED");
        out.println(INDENT + "%-36s %s  %s".formatted(name, mark, result));
    }

    /** Three columns, the first narrow. */
    void columns(String name, String left, String right) {
        out.println((INDENT + paint.dim("%-13s".formatted(name)) + "%-38s  %s".formatted(left, right)).stripTrailing());
    }

    /** A value without spaces, broken into lines. */
    void block(String name, String value) {
        out.println(INDENT + name);
        for (int at = 0; at < value.length(); at += WIDTH - INDENT.length()) {
            out.println(INDENT
                    + INDENT
                    + paint.dim(value.substring(at, Math.min(value.length(), at + WIDTH - INDENT.length()))));
        }
    }

    void commands(List<String> commands) {
        commands.forEach(command -> out.println(INDENT + command));
    }

    void end() {
        out.flush();
    }
}

package io.coapgate.crypto.inspect;

/** Text from a token made fit for a terminal: what could move the cursor, hide or reorder text is escaped. */
public final class Printable {

    private static final int MAX_CHARACTERS = 2048;

    private Printable() {}

    /** The text with controls, format characters, lone surrogates and the like as JSON escapes, cut if it is long. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MAX_CHARACTERS).forEach(point -> append(printable, point));
        return text.codePointCount(0, text.length()) > MAX_CHARACTERS ? printable + "…" : printable.toString();
    }

    /** The same between quotes, with quotes and backslashes escaped too. */
    public static String quoted(String text) {
        return '"' + of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static void append(StringBuilder printable, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> {
                for (char unit : Character.toChars(point)) {
                    printable.append(String.format("\\u%04x", (int) unit));
                }
            }
            default -> printable.appendCodePoint(point);
        }
    }
}

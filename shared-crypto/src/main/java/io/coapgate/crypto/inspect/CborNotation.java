package io.coapgate.crypto.inspect;

import java.util.HexFormat;
import java.util.Iterator;

/** Diagnostic notation (RFC 8949 §8), safe for a terminal, cut where it is long, and without secret parts of keys. */
final class CborNotation {

    private static final String SECRET = "«secret, not shown»";
    private static final int MAX_CHARACTERS = 4096;
    private static final int MAX_BYTES = 128;

    private final StringBuilder text = new StringBuilder();

    private CborNotation() {}

    static String of(CborItem item) {
        CborNotation notation = new CborNotation();
        notation.append(item);
        return notation.isFull() ? notation.text.substring(0, MAX_CHARACTERS) + "…" : notation.text.toString();
    }

    private boolean isFull() {
        return text.length() > MAX_CHARACTERS;
    }

    private void append(CborItem item) {
        if (isFull()) {
            return;
        }
        switch (item.kind()) {
            case UNSIGNED, NEGATIVE -> item.integer().ifPresent(text::append);
            case BYTES -> text.append(KeySecrets.areWithin(item) ? SECRET : bytes(item.content()));
            case TEXT -> text.append(item.text().map(Printable::quoted).orElse("«text that is not UTF-8»"));
            case ARRAY -> array(item);
            case MAP -> map(item);
            case TAG -> tag(item);
            case SIMPLE -> text.append(simple(item.argument()));
            case FLOAT -> text.append(Double.longBitsToDouble(item.argument()));
        }
    }

    private void array(CborItem item) {
        text.append('[');
        for (Iterator<CborItem> elements = item.children().iterator(); elements.hasNext(); ) {
            append(elements.next());
            text.append(elements.hasNext() ? ", " : "");
        }
        text.append(']');
    }

    private void map(CborItem item) {
        KeySecrets secrets = KeySecrets.of(item);
        text.append('{');
        for (Iterator<CborItem.Entry> entries = item.entries().iterator(); entries.hasNext(); ) {
            CborItem.Entry entry = entries.next();
            append(entry.key());
            text.append(": ");
            if (secrets.include(entry.key())) {
                text.append(SECRET);
            } else {
                append(entry.value());
            }
            text.append(entries.hasNext() ? ", " : "");
        }
        text.append('}');
    }

    private void tag(CborItem item) {
        text.append(Long.toUnsignedString(item.argument())).append('(');
        append(item.children().get(0));
        text.append(')');
    }

    private static String bytes(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES));
        return "h'" + hex + (bytes.length > MAX_BYTES ? "…' (" + bytes.length + " bytes)" : "'");
    }

    private static String simple(long value) {
        return switch ((int) value) {
            case 20 -> "false";
            case 21 -> "true";
            case 22 -> "null";
            case 23 -> "undefined";
            default -> "simple(" + value + ")";
        };
    }
}

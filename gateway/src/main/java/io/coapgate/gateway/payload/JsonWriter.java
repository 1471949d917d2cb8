package io.coapgate.gateway.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** Writes JSON (RFC 8259) in UTF-8 without white space. */
final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private final Output out;

    private JsonWriter(Output out) {
        this.out = out;
    }

    /** @param maxBytes of the text */
    static byte[] write(Node node, int maxBytes) throws ConversionException {
        Output out = new Output(maxBytes);
        node.write(new JsonWriter(out));
        return out.toByteArray();
    }

    /** A number or one of the three words, as it stands. */
    void number(String ascii) throws ConversionException {
        out.put(ascii.getBytes(ISO_8859_1));
    }

    void text(String text) throws ConversionException {
        out.put('"');
        for (byte b : text.getBytes(UTF_8)) {
            if (b == '"' || b == '\\') {
                out.put('\\');
                out.put(b);
            } else if (b >= 0 && b < ' ') {
                escape(b);
            } else {
                out.put(b);
            }
        }
        out.put('"');
    }

    void items(List<Node> items) throws ConversionException {
        out.put('[');
        boolean first = true;
        for (Node item : items) {
            separate(first);
            first = false;
            item.write(this);
        }
        out.put(']');
    }

    void members(Map<String, Node> members) throws ConversionException {
        out.put('{');
        boolean first = true;
        for (Map.Entry<String, Node> member : members.entrySet()) {
            separate(first);
            first = false;
            text(member.getKey());
            out.put(':');
            member.getValue().write(this);
        }
        out.put('}');
    }

    private void separate(boolean first) throws ConversionException {
        if (!first) {
            out.put(',');
        }
    }

    private void escape(byte control) throws ConversionException {
        switch (control) {
            case '\n' -> number("\\n");
            case '\r' -> number("\\r");
            case '\t' -> number("\\t");
            default -> {
                number("\\u00");
                out.put(HEX[control >> 4]);
                out.put(HEX[control & 0xf]);
            }
        }
    }
}
